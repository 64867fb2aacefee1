import { prettyRecord } from "@/components/evidence/pretty-record";
import { Card, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { counted, formatCount } from "@/lib/shared/format-number";

/** One record as it stands in the kept file: what a probe's example links to. */
export function RecordCard({ number, offset, length, raw }: { number: number; offset: number; length: number; raw: string }) {
  return (
    <Card id="record" className="scroll-mt-14 pb-3">
      <CardHeader title={`Record ${formatCount(number)}`} note={`byte ${formatCount(offset)}, ${counted(length, "byte")}`} say="As it stands in the file." />
      <div className="px-4 pt-2">
        <CodeBlock label={`Record ${number}`} text={prettyRecord(raw)} className="max-h-96" />
      </div>
    </Card>
  );
}
