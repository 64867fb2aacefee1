import { Check, TriangleAlert } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import type { PackView } from "@/lib/reports/packs-view";
import { counted } from "@/lib/shared/format-number";
import { TEST_WORDS } from "./pack-words";

/** The pack's own tests with their outcome at loading, each to be run on the bench; and its samples. */
export function PackTests({ pack: { analytic, current, ownTests, samples, tests } }: { pack: PackView }) {
  return (
    <>
      <Card className="pb-3">
        <CardHeader title="Its own tests" note={`${tests.passed} of ${tests.of} pass`} say="They ran when the pack was loaded. They prove the pack, not a segment: no status rests on them." />
        <ul className="px-3 pt-2 md:px-4">
          {ownTests.map((test, position) => (
            <li key={test.test} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t py-1.5">
              <span className={test.passed ? "inline-flex items-center align-middle gap-1.5 text-ink-2" : "inline-flex items-center align-middle gap-1.5 font-medium text-attn"}>
                {test.passed ? <Check size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
                {test.passed ? "passes" : "fails"}
              </span>
              <span className="min-w-0 flex-1 basis-60">{test.test}</span>
              <Pill>{TEST_WORDS[test.kind]}</Pill>
              <span className="text-xs text-ink-3">{counted(test.records, "record")}</span>
              {current ? (
                <KeptLink href={`/bench?pack=${analytic}&test=${position}`} className="text-xs text-accent underline" aria-label={`Open on the bench: ${test.test}`}>
                  Open on the bench
                </KeptLink>
              ) : null}
              {test.problems.map((problem) => (
                <p key={problem} className="basis-full text-xs text-attn">
                  {problem}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </Card>
      <Card className="pb-3">
        <CardHeader title="Samples" note={counted(samples.length, "file")} say="In native formats; the zip holds them." />
        <ul className="px-3 pt-2 text-xs md:px-4">
          {samples.map(({ file, format, shows }) => (
            <li key={file} className="flex flex-wrap gap-x-3 border-t py-1.5">
              <code className="[overflow-wrap:anywhere]">{file}</code>
              <span className="text-ink-3">{format}</span>
              <span className="min-w-0 flex-1 basis-60 text-ink-2">{shows}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
