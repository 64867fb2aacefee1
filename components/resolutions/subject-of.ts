import type { ResolutionRow } from "@/lib/reports/resolution-rows";
import type { ResolutionView } from "@/lib/reports/resolution-view";
import type { OverrideSubject } from "./override-dialog";
import { startingKinds } from "./starting-kinds";

/** What the dialog starts from: the reading that most analytics rest on. */
export function subjectOf(view: Pick<ResolutionView, "reference" | "component" | "name" | "channel">, readings: readonly ResolutionRow[]): OverrideSubject {
  const [lead] = readings.toSorted((a, b) => b.analytics.length - a.analytics.length);
  return {
    reference: view.reference,
    component: view.component,
    name: view.name,
    channel: view.channel,
    platforms: readings.flatMap(({ platform }) => platform ?? []),
    analytic: null,
    kinds: lead === undefined ? [] : startingKinds(lead.basis, [...lead.asCited.map((kind) => ({ kind, met: "as-cited" as const })), ...lead.equivalents.map((kind) => ({ kind, met: "equivalent" as const }))]),
    verdict: lead?.verdict ?? "producible",
    substitute: lead?.substitute ?? "",
  };
}
