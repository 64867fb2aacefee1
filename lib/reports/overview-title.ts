import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPercent, pointSize } from "@/lib/shared/format-share";
import { formatDate } from "@/lib/shared/format-time";
import type { AssessmentFacts } from "./overview-facts";
import { type Sentence, strong } from "./sentence";

/** Half a thousandth: what one decimal cannot show is no change. */
const VISIBLE = 500;
export const CRITICAL = 4;
const NAMED = 2; // of further segments that fell

export interface Fall {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Segments of criticality 4 and 5 whose observable share fell, deepest first. A share that vanished (n = 0) is no fall: nothing applies any more. */
export function fallenCriticalSegments(current: AssessmentFacts, previous: AssessmentFacts | null): Fall[] {
  const before = new Map(previous?.segments.map((segment) => [segment.id, segment.headline.observed.value]));
  return current.segments
    .flatMap((segment): Fall[] => {
      const from = before.get(segment.id) ?? null;
      const to = segment.headline.observed.value;
      return segment.criticality >= CRITICAL && from !== null && to !== null && from - to >= VISIBLE ? [{ name: segment.name, from, to }] : [];
    })
    .sort((a, b) => b.from - b.to - (a.from - a.to) || (a.name < b.name ? -1 : 1));
}

/**
 * The page's title: a fallen critical segment comes before any rise; the share is of weighted analytic-cells.
 *
 * @param segment name of the only segment that is looked at; null: all of them
 */
export function overviewTitle(current: AssessmentFacts, previous: AssessmentFacts | null, segment: string | null): Sentence {
  const { value, k, n } = current.fleet.observed;
  if (n === 0) return [`No analytic applies to ${segment ?? "any segment"}, so there is nothing to observe yet`];
  const [fall] = fallenCriticalSegments(current, previous);
  if (fall && segment !== null) return [`${fall.name} fell: ${share(fall.to)} of its weighted analytic-cells ${fall.to === 0 ? "is" : "are"} observable, ${formatPercent(fall.from)} before`];
  if (fall) return [`${fall.name} fell from ${formatPercent(fall.from)} to ${formatPercent(fall.to)}; ${share(value)} of all weighted analytic-cells ${value === null || value === 0 ? "is" : "are"} observable`];
  const where = segment === null ? "" : ` of ${segment}`;
  // Too few hosts, or hosts without weight: the cells are observable all the same.
  if (k > 0 && (value === null || value === 0)) return [`${formatCount(k)} of the ${counted(n, "analytic-cell")}${where} ${k === 1 ? "is" : "are"} observable, with too little weight to show as a share`];
  if (value === null || value === 0) return [`None of the ${counted(n, "analytic-cell")}${where} is observable with proof`];
  return [`${share(value)} of the weighted analytic-cells${where} are observable, with proof`];
}

/** Under the title: better or worse in words, each cell counted once, and how far claims could carry the number. */
export function overviewLead(current: AssessmentFacts, previous: AssessmentFacts | null, segment: string | null): Sentence {
  const { observed, uniform } = current.fleet;
  if (observed.n === 0 || observed.value === null) return segment === null ? ["A cell is one analytic in one segment of its platform. Add segments whose platforms the catalog covers."] : ["A cell is one analytic in one segment of its platform. The catalog has none for the platforms of this one, or every one is excluded."];
  const parts: (string | { strong: string })[] = [];
  const earlier = previous?.fleet.observed.value ?? null;
  if (previous && earlier !== null) {
    const change = observed.value - earlier;
    const since = `${previous.label} of ${formatDate(previous.at)}`;
    if (Math.abs(change) < VISIBLE) parts.push(`Neither better nor worse than ${since}. `);
    else parts.push(strong(`${change > 0 ? "Better" : "Worse"} by ${pointSize(Math.abs(change))} points`), ` than ${since}. `);
  }
  const falls = fallenCriticalSegments(current, previous).slice(1);
  if (falls.length > 0) parts.push(`${falls.slice(0, NAMED).map((fall) => fall.name).join(", ")}${falls.length > NAMED ? ` and ${counted(falls.length - NAMED, "more critical segment")}` : ""} fell too. `);
  parts.push("Counted once each, ", strong(`${formatCount(observed.k)} of ${counted(observed.n, "cell")}`), `${uniform.observed.value === null ? "" : ` (${formatPercent(uniform.observed.value)})`} ${observed.k === 1 ? "is" : "are"} observable. `);
  const high = observed.high ?? observed.value;
  if (high - observed.value >= VISIBLE) parts.push("If every uncontradicted claim proved true, the share would be ", strong(formatPercent(high)), ".");
  else parts.push("No claim could raise the share.");
  if (current.runLater) parts.push(` As of ${formatDate(current.at)}, run later.`);
  return parts;
}

function share(value: number | null): string {
  return value === null || value === 0 ? "none" : formatPercent(value);
}
