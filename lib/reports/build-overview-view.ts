import { ACTION_KINDS } from "@/lib/gaps/costs";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPercent, pointSize } from "@/lib/shared/format-share";
import { formatDate } from "@/lib/shared/format-time";
import type { AlertFacts, AssessmentFacts, GapFacts, HistoryFacts, OverviewFacts, OverviewSegmentFacts } from "./overview-facts";
import { overviewFrontier } from "./overview-frontier";
import { CRITICAL, overviewLead, overviewTitle } from "./overview-title";
import type { ChangeRow, OverviewView, SegmentRow, WeakestSegment } from "./overview-view";
import { type Sentence, strong } from "./sentence";

const MILLION = 1_000_000;
const DAY_MS = 86_400_000;

/** Everything the executive page shows, as plain data. Every sentence is true at every state of the facts. */
export function buildOverviewView(facts: OverviewFacts): OverviewView {
  const { current, previous, segment } = facts;
  const segments = segmentRows(current, previous);
  return {
    assessment: current.id,
    segment,
    title: overviewTitle(current, previous, segment),
    lead: overviewLead(current, previous, segment),
    observed: { ...current.fleet.observed, delta: difference(current.fleet.observed.value, previous?.fleet.observed.value) },
    validated: { ...current.fleet.validated, delta: difference(current.fleet.validated.value, previous?.fleet.validated.value) },
    weakest: weakestCriticalSegment(current),
    troubles: {
      silent: facts.troubles.silent,
      contradicted: facts.troubles.contradicted,
      names: facts.troubles.first.map((trouble) => `${trouble.segment}: ${trouble.source}`),
    },
    alerts: facts.alerts,
    alertsSay: sayAlerts(facts.alerts),
    currency: facts.currency,
    actions: ACTION_KINDS.flatMap((kind) => bestOfKind(facts.gaps, kind)),
    frontier: facts.frontier && overviewFrontier(facts.frontier, facts.currency),
    tracing: facts.tracing,
    segments,
    segmentsSay: saySegments(segments),
    trend: facts.history.map((point, index) => withMark(point, facts.history[index - 1])),
    trendSay: sayTrend(facts.history, current.runLater),
    gaps: facts.gaps,
    gapsSay: sayGaps(facts.gaps, segment),
    changes: previous ? changesSince(current, previous) : null,
  };
}

function difference(now: number | null, before: number | null | undefined): number | null {
  return now === null || before === null || before === undefined ? null : now - before;
}

function gapWeight(segment: OverviewSegmentFacts): number {
  return segment.weight * (1 - (segment.headline.observed.value ?? 1_000_000) / MILLION);
}

function segmentRows(current: AssessmentFacts, previous: AssessmentFacts | null): SegmentRow[] {
  const before = new Map(previous?.segments.map((segment) => [segment.id, segment.headline.observed.value]));
  const whole = current.segments.reduce((sum, segment) => sum + gapWeight(segment), 0);
  return [...current.segments]
    .sort((a, b) => gapWeight(b) - gapWeight(a) || (a.name < b.name ? -1 : 1))
    .map((segment) => ({
      id: segment.id,
      name: segment.name,
      assets: segment.assets,
      criticality: segment.criticality,
      counts: segment.headline.counts,
      observed: segment.headline.observed,
      delta: difference(segment.headline.observed.value, before.get(segment.id)),
      ofGap: whole > 0 && segment.headline.observed.value !== null ? Math.round((gapWeight(segment) / whole) * MILLION) : null,
      target: segment.target?.value ?? null,
    }));
}

/** Farthest below its target among criticality 4 and 5; where none has a target, the lowest share. */
function weakestCriticalSegment({ segments, at }: AssessmentFacts): WeakestSegment | null {
  const critical = segments
    .filter((segment) => segment.criticality >= CRITICAL && segment.headline.observed.value !== null)
    .map((segment): WeakestSegment => {
      const short = segment.target ? segment.target.value - (segment.headline.observed.value ?? 0) : null;
      return { id: segment.id, name: segment.name, criticality: segment.criticality, observed: segment.headline.observed, target: segment.target, short, say: sayDistance(segment.target, short, at) };
    });
  const [weakest] = critical.sort((a, b) => (b.short ?? -Infinity) - (a.short ?? -Infinity) || (a.observed.value ?? 0) - (b.observed.value ?? 0));
  return weakest ?? null;
}

/** How far from the target, until when, by the time of the assessment. */
function sayDistance(target: WeakestSegment["target"], short: number | null, at: number): Sentence {
  if (target === null || short === null) return ["No target is set."];
  if (short <= 0) return [`The target of ${formatPercent(target.value)} is reached.`];
  const distance: Sentence = [strong(`${pointSize(short)} points short`), ` of ${formatPercent(target.value)}`];
  const due = target.date === null ? NaN : Date.parse(`${target.date}T00:00:00.000Z`);
  if (Number.isNaN(due)) return [...distance, ", without a date."];
  // The day itself still counts.
  const days = Math.ceil((due + DAY_MS - at) / DAY_MS) - 1;
  return [...distance, days < 0 ? `, due ${formatDate(due)}: ${counted(-days, "day")} over.` : days === 0 ? `, due today.` : `, due ${formatDate(due)}: ${counted(days, "day")} left.`];
}

/** What is open now; critical: of segments of criticality 4 and 5. */
function sayAlerts({ open, critical, heaviest }: AlertFacts): Sentence {
  if (open === 0 || heaviest === null) return ["No alert is open"];
  return [strong(`${counted(open, "alert")} open`), critical === 0 ? ", none critical" : critical === open ? `, ${open === 1 ? "critical" : "all critical"}` : `, ${formatCount(critical)} critical`];
}

function bestOfKind(gaps: readonly GapFacts[], kind: GapFacts["kind"]): GapFacts[] {
  const [best] = gaps.filter((gap) => gap.kind === kind).sort((a, b) => b.points - a.points || b.cells - a.cells);
  return best ? [best] : [];
}

function saySegments(rows: readonly SegmentRow[]): Sentence {
  const first = rows[0];
  if (!first || first.ofGap === null) return ["No segment has an applicable analytic."];
  if (first.ofGap === 0) return ["No weighted gap: every applicable cell is observed on every host."];
  const open = first.counts.blind + first.counts.declared + first.counts.partial + first.counts.unassessable;
  const whole = rows.length === 1 ? "is the only segment" : `holds ${formatPercent(first.ofGap)} of the weighted gap`;
  return [strong(first.name), ` ${whole}: ${formatCount(open)} of ${counted(first.observed.n, "cell")} ${open === 1 ? "is" : "are"} not observed.`];
}

function withMark(point: HistoryFacts, before: HistoryFacts | undefined): OverviewView["trend"][number] {
  const { at, label, observed, ceiling, validated } = point;
  const marks = before
    ? [
        point.releases === before.releases ? "" : point.releases.replace("ATT&CK ", ""),
        point.policy === before.policy ? "" : `policy v${point.policy}`,
        point.assets === before.assets ? "" : `${point.assets > before.assets ? "+" : "\u2212"}${formatCount(Math.abs(point.assets - before.assets))} hosts`,
      ].filter(Boolean)
    : [];
  return { at, label, observed, ceiling, validated, ...(marks.length > 0 ? { mark: marks.join(", ") } : {}) };
}

function sayTrend(history: readonly HistoryFacts[], runLater: boolean): Sentence {
  const known = history.filter((point) => point.observed !== null);
  const first = known[0];
  const last = known.at(-1);
  const apart = runLater ? " This assessment was run later than its time and stays out of it." : "";
  if (!first || !last) return [runLater ? "This assessment was run later than its time, so it is no point of a trend, and no other stands before it." : "There is no share to draw yet."];
  if (known.length < 2) return [`One assessment is a point; the second makes a trend.${apart}`];
  const change = (last.observed ?? 0) - (first.observed ?? 0);
  const days = Math.round((last.at - first.at) / DAY_MS);
  const span = days < 1 ? "within a day" : `in ${counted(days, "day")}`;
  const band = (point: HistoryFacts) => Math.max(0, (point.ceiling ?? point.observed ?? 0) - (point.observed ?? 0));
  const opening: Sentence = Math.abs(change) < 500 ? ["Proof stayed where it was ", span] : ["Proof ", change > 0 ? "grew" : "shrank", " by ", strong(`${pointSize(Math.abs(change))} points`), ` ${span}`];
  return [...opening, "; what is claimed without proof is ", strong(`${pointSize(band(last))} points`), `.${apart}`];
}

function sayGaps(gaps: readonly GapFacts[], segment: string | null): Sentence {
  const [first] = gaps;
  if (!first) return ["No cell is held back by a collection that could change."];
  const alone = first.alone === 0 ? "each also lacks something else" : first.alone === first.cells ? "nothing else is missing there" : `${formatCount(first.alone)} of them ${first.alone === 1 ? "lacks" : "lack"} nothing else`;
  return [strong(segment === null ? `${first.what} in ${first.segment}` : first.what), ` holds back ${pointSize(first.points)} points${segment === null ? "" : " of the whole fleet's share"} over ${counted(first.cells, "cell")}; ${alone}.`];
}

function changesSince(current: AssessmentFacts, previous: AssessmentFacts): NonNullable<OverviewView["changes"]> {
  const before = new Map(previous.segments.map((segment) => [segment.id, segment]));
  const rows: ChangeRow[] = [];
  for (const segment of current.segments) {
    const old = before.get(segment.id);
    before.delete(segment.id);
    const cells = segment.headline.observed.k - (old?.headline.observed.k ?? 0);
    const points = difference(segment.headline.observed.value, old?.headline.observed.value);
    if (!old) rows.push({ segmentId: segment.id, cells, points: null, text: [strong(segment.name), ` is new, with ${counted(segment.headline.observed.k, "observed cell")} of ${formatCount(segment.headline.observed.n)}.`] });
    else if (cells !== 0 || Math.abs(points ?? 0) >= 500) rows.push({ segmentId: segment.id, cells, points, text: sayChange(segment, old, cells, points) });
  }
  for (const old of before.values()) rows.push({ segmentId: old.id, cells: -old.headline.observed.k, points: null, text: [strong(old.name), " is no longer part of the fleet."] });
  rows.sort((a, b) => Math.abs(b.cells) - Math.abs(a.cells) || Math.abs(b.points ?? 0) - Math.abs(a.points ?? 0));
  const ground = [current.releases === previous.releases ? "" : `the catalog (${previous.releases} to ${current.releases})`, current.policy === previous.policy ? "" : `the policy (v${previous.policy} to v${current.policy})`].filter(Boolean);
  const say: Sentence = ground.length > 0 ? ["The ground moved too: ", strong(ground.join(" and ")), " changed."] : rows.length === 0 ? ["No segment's observed cells changed."] : ["Same catalog release, same policy."];
  return { since: `${previous.label}, ${formatDate(previous.at)}`, say, rows };
}

function sayChange(segment: OverviewSegmentFacts, old: OverviewSegmentFacts, cells: number, points: number | null): Sentence {
  const n = formatCount(segment.headline.observed.n);
  if (cells === 0) return [strong(segment.name), ` observes the same ${counted(segment.headline.observed.k, "cell")} of ${n} on ${(points ?? 0) > 0 ? "more" : "fewer"} of its hosts.`];
  return [strong(segment.name), ` ${cells > 0 ? "gained" : "lost"} ${counted(Math.abs(cells), "observed cell")}: ${formatCount(segment.headline.observed.k)} of ${n} now, ${formatCount(old.headline.observed.k)} before.`];
}
