import type { ExclusionRow } from "@/lib/assessment/decisions/store";
import { DEFAULT_POLICY } from "@/lib/assessment/default-policy";
import type { Policy } from "@/lib/assessment/scoring-input";
import { describePolicy, type PolicyLine } from "@/lib/reports/describe-policy";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getPolicy } from "./get-policy";
import { listExclusions } from "./list-exclusions";
import { listSegments } from "./list-segments";

/** A version of the policy and what it changed of the one before. */
export interface PolicyVersionView {
  readonly version: number;
  readonly at: string | null; // null: the defaults, before anybody wrote one
  readonly by: string;
  readonly reason: string;
  readonly changes: readonly { readonly key: string; readonly from: string; readonly to: string }[];
}

export interface ExclusionView extends ExclusionRow {
  readonly state: "in force" | "expired" | "withdrawn";
  readonly daysLeft: number; // of one in force, the last day included
}

export interface PolicyView {
  readonly policy: Policy;
  readonly lines: readonly PolicyLine[];
  readonly versions: readonly PolicyVersionView[]; // newest first
  readonly exclusions: readonly ExclusionView[]; // in force first
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly today: string;
}

const DAY_MS = 86_400_000;

/** The rules that verdicts follow: the policy with its versions, and the cells that somebody declared not applicable. */
export async function getPolicyView(ctx: OperationContext): Promise<PolicyView> {
  authorize(ctx, "policy.read", "none");
  const [{ policy, versions }, exclusions, segments] = await Promise.all([getPolicy(ctx), listExclusions(ctx), listSegments(ctx)]);
  const today = ctx.clock().toISOString().slice(0, 10);
  const written = versions.length > 0 ? versions : [{ policy, at: null, by: "sightline", reason: "defaults" }];
  return {
    policy,
    lines: describePolicy(policy),
    versions: written.map((one, index): PolicyVersionView => ({ version: one.policy.version, at: one.at, by: one.by, reason: one.reason, changes: differences(written[index + 1]?.policy ?? (one.policy.version === 1 ? one.policy : DEFAULT_POLICY), one.policy) })),
    exclusions: exclusions
      .map(({ expired, ...row }): ExclusionView => ({ ...row, state: row.withdrawn !== null ? "withdrawn" : expired ? "expired" : "in force", daysLeft: Math.floor((Date.parse(row.expires) - Date.parse(today)) / DAY_MS) + 1 }))
      .sort((a, b) => Number(b.state === "in force") - Number(a.state === "in force") || (a.expires < b.expires ? -1 : 1)),
    segments: segments.map(({ id, name }) => ({ id, name })),
    today,
  };
}

function differences(before: Policy, after: Policy): PolicyVersionView["changes"] {
  const old = new Map(describePolicy(before).map(({ key, value }) => [key, value]));
  return describePolicy(after).flatMap(({ key, value }) => (old.get(key) === value ? [] : [{ key, from: old.get(key) ?? "", to: value }]));
}
