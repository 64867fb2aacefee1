import type { Headline, Measure } from "@/lib/assessment/scoring-result";
import { counted, formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import type { Sentence } from "./sentence";
import { strong } from "./sentence";
import { assessmentLabel } from "./shell-view";
import type { TrendMark, TrendPointRow, TrendView } from "./trend-view";

/** An assessment as the trend reads it. headline: of the fleet or the segment that is shown. Times are ISO texts. */
export interface TrendAssessment {
  readonly id: number;
  readonly at: string;
  readonly ranAt: string;
  readonly runLater: boolean;
  readonly releases: Readonly<Record<string, string>>;
  readonly policy: number;
  readonly engine: string;
  readonly headline: Headline;
  readonly segments: readonly { readonly name: string; readonly hosts: number }[];
}

export interface TrendFacts {
  readonly segment: string | null;
  readonly domains: readonly string[];
  readonly choices: TrendView["choices"];
  readonly assessments: readonly TrendAssessment[]; // of these domains, in any order
  readonly policies: readonly { readonly version: number; readonly reason: string }[];
  readonly arrivals: readonly { readonly at: string; readonly what: "sample file" | "inventory" | "rule source" }[]; // when something was imported
}

/** Assessments as points of a trend, each with what moved the ground under it; those run later than their time stand apart. */
export function buildTrend({ segment, domains, choices, assessments, policies, arrivals }: TrendFacts): TrendView {
  const rows = [...assessments].sort((x, y) => (x.at < y.at ? -1 : x.at > y.at ? 1 : x.id - y.id));
  const reasons = new Map(policies.map(({ version, reason }) => [version, reason]));
  const inside = rows.filter(({ runLater }) => !runLater);
  return {
    segment,
    domains: [...domains],
    choices,
    points: inside.map((row, index): TrendPointRow => {
      const before = inside[index - 1];
      const { headline, segments, releases, policy, engine } = row;
      const hosts = segments.reduce((sum, one) => sum + one.hosts, 0);
      return { ...headOf(row), releases: { ...releases }, policy, engine, hosts, segments: segments.length, observed: copy(headline.observed), uniform: copy(headline.uniform.observed), validated: copy(headline.validated), marks: before === undefined ? [] : marksOf(before, row, reasons, arrivals) };
    }),
    excluded: rows.filter(({ runLater }) => runLater).map((row) => ({ ...headOf(row), observed: copy(row.headline.observed) })),
  };
}

function headOf({ id, at, ranAt }: TrendAssessment): Pick<TrendPointRow, "assessment" | "label" | "at" | "ranAt"> {
  return { assessment: id, label: assessmentLabel(id), at, ranAt };
}

function copy({ value, low, high, k, n }: Measure): TrendPointRow["observed"] {
  return { value, low, high, k, n };
}

function marksOf(before: TrendAssessment, now: TrendAssessment, reasons: ReadonlyMap<number, string>, arrivals: TrendFacts["arrivals"]): TrendMark[] {
  const marks: TrendMark[] = [];
  if (before.engine !== now.engine) marks.push({ kind: "engine", text: `${before.engine} to ${now.engine}` });
  for (const domain of [...new Set([...Object.keys(before.releases), ...Object.keys(now.releases)])].sort()) {
    const [from, to] = [before.releases[domain], now.releases[domain]];
    if (from !== to) marks.push({ kind: "release", text: `${domain} ${from ?? "none"} to ${to ?? "none"}` });
  }
  const fleet = fleetChange(before, now);
  if (fleet !== "") marks.push({ kind: "fleet", text: fleet });
  if (before.policy !== now.policy) {
    const reason = reasons.get(now.policy) ?? "";
    marks.push({ kind: "policy", text: `policy v${before.policy} to v${now.policy}${reason === "" ? "" : `: ${reason}`}` });
  }
  const arrived = new Map<string, number>();
  for (const { at, what } of arrivals) if (at > before.ranAt && at <= now.ranAt) arrived.set(what, (arrived.get(what) ?? 0) + 1);
  if (arrived.size > 0) marks.push({ kind: "imports", text: [...arrived].map(([what, count]) => counted(count, what, what === "inventory" ? "inventories" : `${what}s`)).join(", ") });
  return marks;
}

function fleetChange(before: TrendAssessment, now: TrendAssessment): string {
  const [known, present] = [new Map(before.segments.map(({ name, hosts }) => [name, hosts])), new Map(now.segments.map(({ name, hosts }) => [name, hosts]))];
  const added = [...present.keys()].filter((name) => !known.has(name));
  const gone = [...known.keys()].filter((name) => !present.has(name));
  const grown = [...present].reduce((sum, [name, hosts]) => sum + (known.has(name) ? hosts - (known.get(name) ?? 0) : 0), 0);
  return [
    ...added.map((name) => `${name} is new`),
    ...gone.map((name) => `${name} left`),
    ...(grown === 0 ? [] : [`${grown > 0 ? "+" : "\u2212"}${formatCount(Math.abs(grown))} hosts`]),
  ].join(", ");
}

/** How far the number went from the first point to the last, and what stays unproven. */
export function sayTrend({ points, excluded }: Pick<TrendView, "points" | "excluded">): Sentence {
  const known = points.filter(({ observed }) => observed.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  const apart = excluded.length === 0 ? "" : ` ${counted(excluded.length, "assessment")} run later than ${excluded.length === 1 ? "its" : "their"} time ${excluded.length === 1 ? "stays" : "stay"} out of it.`;
  if (first === undefined || last === undefined) return [`There is no share to draw yet.${apart}`];
  if (known.length === 1) return [`One assessment is a point; the second makes a trend.${apart}`];
  const change = (last.observed.value ?? 0) - (first.observed.value ?? 0);
  const count = `${formatCount(first.observed.k)} of ${formatCount(first.observed.n)} cells then, ${formatCount(last.observed.k)} of ${formatCount(last.observed.n)} now`;
  const word = Math.abs(change) < 500 ? "stayed where it was" : `${change > 0 ? "rose" : "fell"} by ${pointSize(change)} points`;
  return ["The observable share ", strong(word), ` over ${counted(known.length, "assessment")}: ${count}.${apart}`];
}
