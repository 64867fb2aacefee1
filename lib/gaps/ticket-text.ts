import { formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import { STATE_WORDS } from "./gap-state";
import type { GapJson } from "./gap-json";
import type { GapKind } from "./gap-words";

/** An analytic as a ticket lists it. */
export interface TicketAnalytic {
  readonly id: string;
  readonly technique: string; // id and name
}

export interface TicketFacts {
  readonly gap: GapJson;
  readonly analytics: readonly TicketAnalytic[];
  readonly currency: string;
  readonly segmentOwner: string;
  readonly assessment: string; // label
  readonly notice: string; // MITRE's
}

const DO: Readonly<Record<GapKind, string>> = {
  repair: "Bring back what was there: find out why the records stopped or aged, restore the stream, and import fresh ones.",
  prove: "It is said to be collected. Export a sample of real records from hosts of this segment and import it.",
  configure: "Switch on, widen or complete the collection below, then export a sample of real records and import it.",
  buy: "Nothing of this source is here yet. Decide on the source, roll it out to the hosts of this segment, then import a sample.",
  none: "Nothing that could be collected closes this. Ask whether another source can stand in, or take the cells out by a dated exclusion.",
};
const MOST_ANALYTICS = 60;

/** The text of a ticket for one gap, as Markdown: why, what to do, which evidence will be accepted, and which analytics wait for it. */
export function ticketText({ gap, analytics, currency, segmentOwner, assessment, notice }: TicketFacts): string {
  const cost = gap.cost === null ? "" : `, about ${formatCount(gap.cost)} ${text(currency)} a year`;
  const lines = [
    `# ${gap.id}: ${text(gap.what)} in ${text(gap.segment)}`,
    "",
    `- **State**: ${STATE_WORDS[gap.state]}${gap.closing === "word" ? ", not proven yet" : ""}${gap.expires === null ? "" : ` until ${gap.expires}`}${gap.lapsed ? " (the acceptance has ended)" : ""}`,
    `- **Owner**: ${text(gap.owner) || "nobody yet"}${segmentOwner === "" ? "" : ` (segment: ${text(segmentOwner)})`}`,
    `- **Due**: ${gap.due ?? "no date"}`,
    `- **Worth**: ${formatCount(gap.cells)} ${gap.cells === 1 ? "cell" : "cells"}, ${pointSize(gap.points)} points of the observable share; closing it alone brings ${formatCount(gap.alone)} of them and ${pointSize(gap.alonePoints)} points${cost}`,
    `- **As of**: assessment ${assessment}`,
    ...(gap.reason === "" ? [] : [`- **Reason**: ${text(gap.reason)}`]),
    "",
    "## Why",
    "",
    ...gap.causes.map(({ why, cells }) => `- ${text(why)} (${formatCount(cells)} ${cells === 1 ? "cell" : "cells"})`),
    "",
    "## What to do",
    "",
    DO[gap.kind],
    ...(gap.collections.length === 0 ? [] : ["", ...gap.collections.map((collection) => `- \`${code(collection)}\``)]),
    "",
    "## Evidence that closes it",
    "",
    ...evidenceLines(gap),
    "",
    `## Analytics that wait for it (${formatCount(analytics.length)})`,
    "",
    ...analytics.slice(0, MOST_ANALYTICS).map(({ id, technique }) => `- ${id} ${text(technique)}`),
    ...(analytics.length > MOST_ANALYTICS ? [`- and ${formatCount(analytics.length - MOST_ANALYTICS)} more: \`sightline gaps list --json\` names all`] : []),
    "",
    `Contains ATT&CK content. ${notice}`,
    "",
  ];
  return lines.join("\n");
}

function evidenceLines({ expected, group, segment }: GapJson): string[] {
  if (group === "joins") return ["- Records of every stage from the same hosts, whose keys are equal and whose order and window hold."];
  if (expected.kinds.length === 0) return ["- No record kind is known that would."];
  const kinds = expected.kinds.map(({ kind, met, required, anyOf }) => {
    const fields = [...required.map((field) => `\`${code(field)}\``), ...anyOf.map((group_) => `one of ${group_.map((field) => `\`${code(field)}\``).join(", ")}`)];
    return `- \`${code(kind)}\`${met === "equivalent" ? " (an equivalent)" : ""}${fields.length === 0 ? "" : ` with ${fields.join(", ")}`}`;
  });
  return [
    `Records of one of these kinds, at least ${formatCount(expected.minEvents)}, from at least ${formatCount(expected.hostsNeeded)} of ${formatCount(expected.hosts)} hosts, the newest at most ${expected.freshDays} days old, the fields filled in ${expected.fillPercent} % of them:`,
    "",
    ...kinds,
    ...(expected.moreKinds > 0 ? [`- and ${formatCount(expected.moreKinds)} more kinds of other sources`] : []),
    "",
    `Import: \`sightline events import FILE --segment "${code(segment)}"\`, then \`sightline assess\`.`,
  ];
}

/** Text that came from people or records, so that it stays text in Markdown. */
function text(value: string): string {
  return value.replace(/\s+/g, " ").trim().replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");
}

/** The same between backticks. */
function code(value: string): string {
  return value.replace(/\s+/g, " ").replaceAll("`", "'");
}
