import { KeptLink } from "@/components/layout/kept-link";
import { Prose } from "@/components/ui/prose";
import type { ChangeCauses } from "@/lib/reports/change-causes";
import type { OverviewView } from "@/lib/reports/overview-view";
import type { Sentence } from "@/lib/reports/sentence";
import { formatSigned } from "@/lib/shared/format-number";

const SHOWN = 4;

interface Line {
  readonly key: string;
  readonly href: string;
  readonly text: Sentence;
  readonly cells: number;
}

/** What changed since the assessment before, by segment: shown until the causes are known, and where they cannot be. */
export function SegmentChangeList({ changes }: { changes: NonNullable<OverviewView["changes"]> }) {
  return <List say={changes.say} lines={changes.rows.map(({ segmentId, text, cells }) => ({ key: segmentId, href: `/segments/${segmentId}`, text, cells }))} more="/assessments/compare" />;
}

/** The same by cause and size, largest first; each leads to its cells. */
export function CauseList({ causes }: { causes: ChangeCauses }) {
  const compare = `/assessments/compare?a=${causes.a}&b=${causes.b}`;
  return <List say={causes.say} lines={causes.rows.map(({ segmentId, part, text, cells }) => ({ key: `${segmentId} ${part}`, href: `${compare}&segment=${segmentId}&part=${part}#cells`, text, cells }))} more={compare} />;
}

function List({ say, lines, more }: { say: Sentence; lines: readonly Line[]; more: string }) {
  return (
    <>
      <p className="px-3 pt-0.5 text-pretty text-ink-2 md:px-4">
        <Prose of={say} />
      </p>
      <ul className="mt-2">
        {lines.slice(0, SHOWN).map(({ key, href, text, cells }) => (
          <li key={key} className="grid grid-cols-[minmax(0,1fr)_48px] items-center gap-3 border-t px-3 py-1.5 leading-[17px] md:px-4">
            <KeptLink href={href} className="hover:underline">
              <Prose of={text} />
            </KeptLink>
            <span className="text-right font-semibold" title="observed cells gained or lost">
              {formatSigned(cells)}
            </span>
          </li>
        ))}
        {lines.length > SHOWN ? (
          <li className="border-t px-4 py-1.5 text-xs text-ink-3">
            <KeptLink href={more} className="text-accent underline">
              and {lines.length - SHOWN} smaller changes
            </KeptLink>
          </li>
        ) : null}
      </ul>
    </>
  );
}
