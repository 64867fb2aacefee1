import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext, Role } from "./context";

const EVERYONE: readonly Role[] = ["viewer", "engineer", "auditor", "admin"];
const ENGINEERS: readonly Role[] = ["engineer", "admin"];
const AUDITORS: readonly Role[] = ["auditor", "admin"];

/** Who may do what. One row per action; operations name theirs. Reading evidence is everyone's, deciding is not. */
const ALLOWED = {
  "catalog.import": ENGINEERS,
  "catalog.read": EVERYONE,
  "catalog.remove": ENGINEERS,
  "segment.write": ENGINEERS,
  "segment.read": EVERYONE,
  "inventory.import": ENGINEERS,
  "inventory.read": EVERYONE,
  "events.import": ENGINEERS,
  "events.read": EVERYONE,
  "events.remove": ENGINEERS,
  "assessment.run": ENGINEERS,
  "assessment.read": EVERYONE,
  "evidence.export": ["engineer", "auditor", "admin"],
  "evidence.verify": EVERYONE,
  "gap.write": ENGINEERS,
  "gap.comment": ["engineer", "auditor", "admin"],
  "gap.read": EVERYONE,
  "exclusion.write": ENGINEERS,
  "exclusion.read": EVERYONE,
  "resolution.write": ENGINEERS,
  "resolution.read": EVERYONE,
  "rule.import": ENGINEERS,
  "rule.read": EVERYONE,
  "rule.link": ENGINEERS,
  "rule.check": ENGINEERS,
  "bench.run": EVERYONE,
  "pack.import": ENGINEERS,
  "pack.read": EVERYONE,
  "tuning.write": ENGINEERS,
  "tuning.read": EVERYONE,
  "test.write": ENGINEERS,
  "test.read": EVERYONE,
  "siem.import": ENGINEERS,
  "siem.read": EVERYONE,
  "alert.read": EVERYONE,
  "alert.write": ENGINEERS,
  "alert.channels": ["admin"],
  "alert.send": ENGINEERS,
  "layer.import": ENGINEERS,
  "layer.read": EVERYONE,
  "policy.write": ["admin"],
  "policy.read": EVERYONE,
  "weights.write": ["admin"],
  "weights.read": EVERYONE,
  "plan.read": EVERYONE,
  "plan.write": ENGINEERS,
  "job.read": EVERYONE,
  "job.cancel": ENGINEERS,
  "audit.read": AUDITORS,
  "demo.load": ["admin"],
  "demo.remove": ["admin"],
  "system.read": EVERYONE,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ALLOWED;

/**
 * First statement of every operation: the actor's role must allow the action, and the actor must have been granted every
 * segment that is named. Operations that read whatever the actor may see pass "none" and filter by ctx.segments.
 *
 * @param segments ids of the segments concerned; "all" when the whole fleet is; "none" when no segment is.
 * @throws SightlineError FORBIDDEN
 */
export function authorize(ctx: Pick<OperationContext, "actor" | "role" | "segments">, action: Action, segments: "all" | "none" | readonly string[]): void {
  const allowed: readonly Role[] = ALLOWED[action];
  if (!allowed.includes(ctx.role)) {
    throw new SightlineError("FORBIDDEN", `The role ${ctx.role} may not do this (${action}).`, { remedy: `Ask someone with the role ${allowed.join(" or ")}.` });
  }
  if (segments === "none" || ctx.segments === "all") return;
  const granted = new Set(ctx.segments);
  if (segments === "all" || segments.some((id) => !granted.has(id))) {
    throw new SightlineError("FORBIDDEN", `${ctx.actor.name} has not been granted ${segments === "all" ? "the whole fleet" : "this segment"} (${action}).`);
  }
}
