import type { Policy } from "@/lib/assessment/scoring-input";
import { counted, formatCount } from "@/lib/shared/format-number";

/** One setting of a policy: its key, as `policy set` takes it, its value and what it means. */
export interface PolicyLine {
  readonly key: keyof Policy;
  readonly value: string;
  readonly says: string;
}

/** Every setting of a policy in words. */
export function describePolicy(policy: Policy): PolicyLine[] {
  const lines: Readonly<Record<Exclude<keyof Policy, "version">, string>> = {
    minEvents: `Proof takes at least ${counted(policy.minEvents, "record")} with every required field filled.`,
    minHostsPercent: `They come from at least ${formatCount(policy.minHostsPercent)} percent of the segment’s hosts, rounded up, and never from fewer than one ...`,
    minHostsCap: `... but more than ${counted(policy.minHostsCap, "host")} are never asked for.`,
    freshDays: `The newest of them is at most ${counted(policy.freshDays, "day")} old; older proof counts as a claim.`,
    fillPercent: `At least ${formatCount(policy.fillPercent)} percent of the fresh records of that kind have every required field filled.`,
    claimDays: `A claim counts for ${counted(policy.claimDays, "day")} after its date.`,
    silentHours: `A watched source without any record for ${counted(policy.silentHours, "hour")} is silent and proves nothing.`,
    validationDays: `A passed test of a rule counts for ${counted(policy.validationDays, "day")}.`,
    narrowPercent: `Proof that reaches less than ${formatCount(policy.narrowPercent)} percent of the hosts is flagged narrow.`,
    contradictionRecords: `A claim is contradicted when ${counted(policy.contradictionRecords, "fresh record")} of its source carry none of what it names.`,
    asCitedOnly: policy.asCitedOnly ? "Only records of the log source that ATT&CK cites count." : "Records of an equivalent log source count too, labelled apart.",
  };
  return POLICY_ORDER.map((key) => ({ key, value: policy[key] === true ? "true" : policy[key] === false ? "false" : formatCount(Number(policy[key])), says: lines[key] }));
}

const POLICY_ORDER = ["minEvents", "minHostsPercent", "minHostsCap", "freshDays", "fillPercent", "claimDays", "silentHours", "validationDays", "narrowPercent", "contradictionRecords", "asCitedOnly"] as const;
