import type { Status } from "@/lib/assessment/status";
import { STATUS_ORDER } from "@/components/status/status-table";

const FILL: Readonly<Record<Status, string>> = {
  validated: "var(--st-validated)",
  observed: "var(--st-observed)",
  partial: "var(--st-partial)",
  declared: "var(--st-declared)",
  blind: "var(--line-2)",
  unassessable: "var(--st-un-dot)",
  "not-applicable": "transparent",
};

/** Sub-techniques by status as one background. */
export function subBar(statuses: readonly Status[]): string {
  const counts: Record<Status, number> = { "not-applicable": 0, unassessable: 0, blind: 0, declared: 0, partial: 0, observed: 0, validated: 0 };
  for (const status of statuses) counts[status] += 1;
  return countBar(counts);
}

/** Counts by status as one background: most proof first, a pixel between the parts. What is blind leaves the rail empty. */
export function countBar(counts: Readonly<Record<Status, number>>): string {
  const parts = STATUS_ORDER.map((status) => ({ status, count: status === "not-applicable" ? 0 : counts[status] })).filter(({ count }) => count > 0);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let at = 0;
  const stops = parts.flatMap(({ status, count }, index) => {
    const [from, to] = [at, (at += (count / total) * 100)];
    const last = index === parts.length - 1;
    const fill = FILL[status];
    return last ? [`${fill} ${from}% ${to}%`] : [`${fill} ${from}% calc(${to}% - 1px)`, `var(--surface) calc(${to}% - 1px) ${to}%`];
  });
  return stops.length === 0 ? "none" : `linear-gradient(to right, ${stops.join(", ")})`;
}

/** The same in words: "3 observed, 1 blind". */
export function saySubs(statuses: readonly Status[]): string {
  return STATUS_ORDER.flatMap((status) => {
    const count = status === "not-applicable" ? 0 : statuses.filter((other) => other === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  }).join(", ");
}
