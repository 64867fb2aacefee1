import type { RuleHead } from "@/lib/detection/rules/rule-head";
import type { SiemRuleRow } from "@/lib/detection/siem/stored-siem";
import { packLines, type PackedLines } from "@/lib/shared/packed-lines";

/** Where a rule stands: both sides, the SIEM alone, or our side alone. */
export const DEPLOYMENTS = ["both", "siem-only", "ours-only"] as const;
export type Deployment = (typeof DEPLOYMENTS)[number];

/** A rule of a SIEM, or one of ours that no SIEM lists. Times are ISO 8601; "" is what nobody said. */
export interface DeployedLine {
  readonly id: string;
  readonly name: string;
  readonly deployment: Deployment;
  readonly system: string;
  readonly runs: "runs" | "disabled" | "not stated";
  readonly schedule: string;
  readonly lastRun: string;
  readonly ran: "ran" | "never ran" | "not stated"; // never: the system says of other rules when they ran
  readonly lastAlert: string;
  readonly alerted: "alerted" | "no alert known";
  readonly ruleId: string | null; // ours
  readonly title: string; // ours
  readonly matchedBy: string;
  readonly fires: "can fire" | "cannot fire anywhere" | "not checked" | "no rule of ours"; // ours, in at least one segment
  readonly level: string;
  readonly tags: readonly string[];
}

/** Rules by the tens of thousands, as a page sends them: components/check/unpack-deployed.ts reads them. */
export type PackedDeployed = PackedLines<keyof DeployedLine>;

export interface DeployedView {
  readonly systems: readonly { readonly name: string; readonly rules: number; readonly asOf: string }[];
  readonly ours: number; // rules of ours that could be deployed
  readonly deployed: number; // of them, listed by a SIEM
  readonly lines: PackedDeployed;
}

/**
 * What SIEMs list beside what is stored here.
 *
 * @param fires rules that the newest run covers -> whether they can fire in a segment
 */
export function buildDeployedView(listed: readonly SiemRuleRow[], rules: readonly RuleHead[], alerts: ReadonlyMap<string, { readonly last: number }>, fires: ReadonlyMap<string, boolean>): DeployedView {
  const own = new Map(rules.map((rule) => [rule.id, rule]));
  const timed = new Set(listed.flatMap(({ system, lastRun }) => (lastRun === null ? [] : [system])));
  const able = (id: string | null): DeployedLine["fires"] => (id === null ? "no rule of ours" : !fires.has(id) ? "not checked" : fires.get(id) === true ? "can fire" : "cannot fire anywhere");
  const there = listed.map((row): DeployedLine => {
    const rule = row.ruleId === null ? undefined : own.get(row.ruleId);
    const last = Math.max(row.lastAlert ?? -Infinity, (row.ruleId === null ? undefined : alerts.get(row.ruleId))?.last ?? -Infinity);
    return {
      id: row.id, name: row.name, deployment: rule === undefined ? "siem-only" : "both", system: row.system, runs: row.enabled === null ? "not stated" : row.enabled ? "runs" : "disabled", schedule: row.schedule,
      lastRun: iso(row.lastRun), ran: row.lastRun !== null ? "ran" : timed.has(row.system) ? "never ran" : "not stated", lastAlert: Number.isFinite(last) ? iso(last) : "", alerted: Number.isFinite(last) ? "alerted" : "no alert known",
      ruleId: rule?.id ?? null, title: rule?.title ?? "", matchedBy: rule === undefined ? "" : row.matchedBy, fires: able(rule?.id ?? null), level: rule?.level ?? "", tags: row.tags,
    };
  });
  const deployed = new Set(listed.flatMap(({ ruleId }) => ruleId ?? []));
  const missing = rules
    .filter(({ id, kind }) => kind !== "filter" && !deployed.has(id))
    .map((rule): DeployedLine => {
      const last = alerts.get(rule.id)?.last ?? null;
      return {
        id: rule.id, name: rule.title, deployment: "ours-only", system: "", runs: "not stated", schedule: "", lastRun: "", ran: "not stated", lastAlert: iso(last), alerted: last === null ? "no alert known" : "alerted",
        ruleId: rule.id, title: rule.title, matchedBy: "", fires: able(rule.id), level: rule.level ?? "", tags: rule.tags,
      };
    });
  const systems = [...new Set(listed.map(({ system }) => system))].map((name) => {
    const rows = listed.filter(({ system }) => system === name);
    return { name, rules: rows.length, asOf: iso(Math.max(...rows.map(({ asOf }) => asOf))) };
  });
  return { systems, ours: rules.filter(({ kind }) => kind !== "filter").length, deployed: [...deployed].filter((id) => own.has(id)).length, lines: packDeployed([...there, ...missing]) };
}

/** What two columns say alike of most lines is said once: "" stands for the rule's id, and for its title where it is the name. */
function packDeployed(lines: readonly DeployedLine[]): PackedDeployed {
  return packLines(lines, {
    id: ({ id, ruleId }) => (id === ruleId ? "" : id),
    name: ({ name }) => name,
    deployment: ({ deployment }) => deployment,
    system: ({ system }) => system,
    runs: ({ runs }) => runs,
    schedule: ({ schedule }) => schedule,
    lastRun: ({ lastRun }) => lastRun,
    ran: ({ ran }) => ran,
    lastAlert: ({ lastAlert }) => lastAlert,
    alerted: ({ alerted }) => alerted,
    ruleId: ({ ruleId }) => ruleId ?? "",
    title: ({ title, name }) => (title === name ? "" : title),
    matchedBy: ({ matchedBy }) => matchedBy,
    fires: ({ fires }) => fires,
    level: ({ level }) => level,
    tags: ({ tags }) => tags.join("\n"),
  });
}

function iso(at: number | null): string {
  return at === null ? "" : new Date(at).toISOString();
}
