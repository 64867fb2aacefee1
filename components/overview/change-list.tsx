import { KeptLink } from "@/components/layout/kept-link";
import { Prose } from "@/components/ui/prose";
import type { ChangeCauses } from "@/lib/reports/change-causes";
import type { OverviewView } from "@/lib/reports/overview-view";
import type { Sentence } from "@/lib/reports/sentence";
import { counted, formatSigned } from "@/lib/shared/format-number";

interface Line {
  readonly key: string;
  readonly href: string;
  readonly text: Sentence;
  readonly why: string | null;
  readonly cells: number;
}

/** What changed since the assessment before, by segment: shown until the causes are known, and where they take longer than a page waits (asked). */
export function SegmentChangeList({ changes, shown, asked }: { changes: NonNullable<OverviewView["changes"]>; shown: number; asked?: boolean }) {
  return <List say={changes.say} lines={changes.rows.map(({ segmentId, text, cells }) => ({ key: segmentId, href: `/segments/${segmentId}`, text, why: null, cells }))} more="/assessments/compare" shown={shown} moreSay={asked ? "with causes" : ""} />;
}

/** The same by cause and size, largest first; each leads to its cells. */
export function CauseList({ causes, shown }: { causes: ChangeCauses; shown: number }) {
  const compare = `/assessments/compare?a=${causes.a}&b=${causes.b}`;
  return <List say={causes.say} lines={causes.rows.map(({ segmentId, part, text, why, cells }) => ({ key: `${segmentId} ${part}`, href: `${compare}&segment=${segmentId}&part=${part}#cells`, text, why, cells }))} more={compare} shown={shown} moreSay="" />;
}

function List({ say, lines, more, shown, moreSay }: { say: Sentence; lines: readonly Line[]; more: string; shown: number; moreSay: string }) {
  return (
    <>
      <p className="px-3 pt-0.5 text-pretty text-ink-2 md:px-4">
        <Prose of={say} />
      </p>
      <ul className="mt-2">
        {lines.slice(0, shown).map(({ key, href, text, why, cells }) => (
          <li key={key} className="grid grid-cols-[minmax(0,1fr)_48px] items-center gap-3 border-t px-3 py-1.5 leading-[17px] md:px-4">
            <KeptLink href={href} className="min-w-0 hover:underline md:truncate print:whitespace-normal" title={`${textOf(text)}${why === null ? "" : ` ${why}`}`}>
              <Prose of={text} />
            </KeptLink>
            <span className="text-right font-semibold" title="observed cells gained or lost">
              {formatSigned(cells)}
            </span>
          </li>
        ))}
        {lines.length > shown || moreSay !== "" ? (
          <li className="border-t px-4 py-1.5 text-xs text-ink-3">
            <KeptLink href={more} className="text-accent underline">
              {lines.length > shown ? `and ${counted(lines.length - shown, "smaller change")}${moreSay === "" ? "" : ", all "}` : "all "}
              {moreSay}
            </KeptLink>
          </li>
        ) : null}
      </ul>
    </>
  );
}

function textOf(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : part.strong)).join("");
}
