import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { InventoryFormatView } from "@/lib/operations/get-inventory-import-view";

const SEGMENT_WORDS = { asked: "names no segment: choose one", optional: "may name segments; else choose one", "in the file": "names its segments" } as const;

/** What can be imported as an inventory: what each file shows, what it does not, and the command or query that makes it. */
export function InventoryGuides({ formats }: { formats: readonly InventoryFormatView[] }) {
  return (
    <Card className="overflow-hidden">
      <div className="pb-3">
        <CardHeader title="What can be imported" note={`${formats.length} formats`} say="The content decides which format a file is. Nothing here is proof but a measurement with its raw records, and sample events." />
      </div>
      {formats.map(({ id, label, segment, guide }) => (
        <details key={id} className="border-t">
          <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-x-3 px-4 py-1.5 hover:bg-hover">
            <span className="font-medium">{label}</span>
            <span className="text-xs text-ink-3">{SEGMENT_WORDS[segment]}</span>
            <code className="ml-auto text-xs text-ink-3">{id}</code>
          </summary>
          <dl className="grid gap-x-4 gap-y-1 px-4 pb-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
            <dt className="text-xs leading-5 text-ink-3">Shows</dt>
            <dd>{guide.proves}</dd>
            <dt className="text-xs leading-5 text-ink-3">Does not show</dt>
            <dd className="text-ink-2">{guide.not}</dd>
            {guide.obtain.map(({ product, text }) => (
              <div key={product} className="contents">
                <dt className="text-xs leading-5 text-ink-3">{product}</dt>
                <dd className="flex min-w-0 items-start gap-2">
                  <pre className="min-w-0 flex-1 overflow-x-auto rounded-md border bg-surface-2 px-2 py-1 font-mono text-xs whitespace-pre-wrap text-ink-2">{text}</pre>
                  <CopyButton text={text} label={`Copy for ${product}`} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </Card>
  );
}
