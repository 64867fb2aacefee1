/** What a figure is: what it says, and the formula that it follows. */
export interface MeasureCard {
  readonly title: string;
  readonly says: string;
  readonly formula: string;
  /** Of a share with an interval: what would make the least and the most of it true. */
  readonly bounds?: string;
  /** Made from the cells of one assessment, so that its date, policy and weights belong to it. */
  readonly assessed: boolean;
}

const BOUNDS = "Least: only cells whose every critical requirement names an event. Most: claims that nothing contradicts would all prove true.";

/**
 * Every figure of the screens, by the name that its place on a screen gives it. The formulas are those of lib/assessment,
 * said in words; a figure without a row here cannot be drawn.
 */
export const MEASURES = {
  "observed-share": {
    title: "Observable share",
    says: "Of all that applies, by weight: how much could have been seen, because fresh records prove every critical requirement. k of n is the same with every cell counted once.",
    formula: "Σ W × reach of observed and validated cells ÷ Σ W of applicable cells; W = hosts × criticality × technique weight, reach = the smallest share of hosts with fresh proof over the critical requirements",
    bounds: BOUNDS,
    assessed: true,
  },
  "uniform-share": {
    title: "Each cell counted once",
    says: "The twin of the weighted number that anybody can add up again: neither hosts nor criticality nor reach count.",
    formula: "observed and validated cells ÷ applicable cells",
    bounds: BOUNDS,
    assessed: true,
  },
  "uniform-weights": {
    title: "Every technique weighs one",
    says: "The observable share of the same cells without the weights of techniques. Hosts, criticality and reach still count.",
    formula: "Σ W × reach of observed and validated cells ÷ Σ W of applicable cells; W = hosts × criticality",
    bounds: BOUNDS,
    assessed: true,
  },
  "validated-share": {
    title: "Validated share",
    says: "Of all that applies, by weight: where a linked rule matched a positive sample of the segment and not the negative one, within the policy’s days.",
    formula: "Σ W × reach of validated cells ÷ Σ W of applicable cells",
    bounds: "Most: observed cells with a linked rule that no test has proven yet would pass.",
    assessed: true,
  },
  "weakest-segment": {
    title: "Weakest critical segment",
    says: "Among segments of criticality 4 and 5 the one farthest below its target; where none has a target, the one with the lowest observable share. The mark under the bar is the target.",
    formula: "observable share of that segment; distance = target − observable share",
    bounds: BOUNDS,
    assessed: true,
  },
  target: {
    title: "Target",
    says: "The observable share that somebody answers for, by a date. It moves no verdict. In an assessment it is the one that held then.",
    formula: "distance = target − observable share, in points",
    assessed: true,
  },
  "status-counts": {
    title: "Cells by status",
    says: "Every applicable cell has one status: the first of the list from validated to blind whose test it meets. Cells that do not apply are not counted.",
    formula: "cells of a status, of all applicable cells",
    assessed: true,
  },
  "by-component": {
    title: "By component",
    says: "The part of the applicable weight that rests on references which name no event, only a data component. Such cells never raise the least of a share.",
    formula: "Σ W of cells flagged by-component ÷ Σ W of applicable cells",
    assessed: true,
  },
  "host-share": {
    title: "Hosts with fresh records",
    says: "Hosts of the segment that fresh records of this source came from. A count of a population: no interval of sampling theory belongs to it.",
    formula: "hosts with a record of the policy’s days ÷ hosts of the segment",
    assessed: true,
  },
  reach: {
    title: "Reach",
    says: "How much of a segment the proof of a cell stands for. A measurement or flow statistic of the same record kind may raise it, never the status.",
    formula: "the smallest share of the segment’s hosts with fresh proof, over the critical requirements",
    assessed: true,
  },
  "field-fill": {
    title: "Field fill",
    says: "How many records of a kind hold a value in this field. “-”, “?”, “(null)” and a redacted text are empty.",
    formula: "records with a value ÷ records of the kind",
    assessed: false,
  },
  "probe-share": {
    title: "Share of a probe",
    says: "What a probe measured over the records of a sample; the probe’s own text says of which.",
    formula: "records that the probe names ÷ records that it looked at",
    assessed: false,
  },
  "silent-contradicted": {
    title: "Silent or contradicted",
    says: "Sources of a segment that went silent, or whose claim at least a thousand fresh records of the same source contradict.",
    formula: "count of (segment, source)",
    assessed: true,
  },
  "best-action": {
    title: "Best action per kind",
    says: "For each kind of action the gap that costs the observable share most. Repair: a source that stopped. Prove: claimed, no sample yet. Configure: the product is there and does not write it. Buy: the product is not there.",
    formula: "points lost to the gap; a cell that lacks several things divides its weight over them",
    assessed: true,
  },
  "gap-points": {
    title: "Points of a gap",
    says: "The part of the observable share that is lost to one thing. A cell that lacks several divides its weight over them, so that the gaps add up.",
    formula: "Σ W of the cells below observed, each divided over what it lacks ÷ Σ W of applicable cells",
    assessed: true,
  },
  "gap-alone": {
    title: "Closing it alone",
    says: "What the cells that lack nothing else would add to the observable share at full reach.",
    formula: "Σ W of the cells that lack only this ÷ Σ W of applicable cells",
    assessed: true,
  },
  "gap-gain": {
    title: "Points for money",
    says: "How much of the observable share so much money a year would close: the order of the backlog.",
    formula: "points of the gap × 10,000 ÷ cost a year of everything that closes it",
    assessed: true,
  },
  "weighted-gap": {
    title: "Weighted gap",
    says: "What is not observed of an analytic over all segments, in weighted hosts.",
    formula: "Σ W × (1 − reach of observed and validated cells)",
    assessed: true,
  },
  "plan-points": {
    title: "Points of a plan’s row",
    says: "What the plan would lose without this row. Rows do not add up: a chain counts only when all of its records arrive.",
    formula: "points of the plan − points of the plan without the row",
    assessed: true,
  },
  "gap-part": {
    title: "Part of the gap",
    says: "How much of everything that is missing lies in this segment.",
    formula: "weight not observed in the segment ÷ weight not observed in all segments",
    assessed: true,
  },
  "points-change": {
    title: "Change in points",
    says: "The difference of two shares, in percentage points. Parts of a change add up to the whole exactly.",
    formula: "share after − share before",
    assessed: false,
  },
  "upper-bound": {
    title: "Upper bound",
    says: "The observable share if every claim that nothing contradicts were proven at its claimed reach. Nobody has seen it.",
    formula: "Σ W × reach of observed and claimed cells ÷ Σ W of applicable cells",
    assessed: true,
  },
  "projected-share": {
    title: "Projected share",
    says: "The observable share if the chosen actions did what they promise. A projection is never stored as a fact.",
    formula: "observable share + Σ W of the cells whose every missing requirement is chosen ÷ Σ W of applicable cells",
    assessed: true,
  },
  "technique-weight": {
    title: "Weight of a technique",
    says: "How much a technique counts under a profile; 1 is its weight under uniform, and that of a technique which the profile does not name.",
    formula: "threat groups: 1 + log2(1 + Σ uses), a use fading with its age; a file: the number in the file",
    assessed: false,
  },
  "technique-place": {
    title: "Place of a technique",
    says: "Techniques in the order of the weight that is missing of them; 1 = most. Kendall’s tau says how much two orders agree.",
    formula: "rank by Σ W of cells below observed",
    assessed: true,
  },
  "chart-scale": {
    title: "Scale",
    says: "An end of the scale that the bars are drawn on: it starts where the numbers do, so that a small change is seen.",
    formula: "observable share, by weight",
    assessed: false,
  },
} as const satisfies Record<string, MeasureCard>;

export type MeasureId = keyof typeof MEASURES;
