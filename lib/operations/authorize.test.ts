import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import type { OperationContext, Role } from "./context";

const as = (role: Role, segments: "all" | string[] = "all"): OperationContext => {
  const context: Pick<OperationContext, "actor" | "role" | "segments" | "clock"> = { actor: { name: "ana", authenticated: true }, role, segments, clock: () => new Date(0) };
  return Object.assign(Object.create(null), context);
};
const refused = expect.objectContaining({ code: "FORBIDDEN" });

describe("who may do what", () => {
  test("everybody reads; only engineers and administrators import; only administrators set the policy", () => {
    for (const role of ["viewer", "engineer", "auditor", "admin"] as const) expect(() => authorize(as(role), "assessment.read", "none")).not.toThrow();
    for (const role of ["viewer", "auditor"] as const) expect(() => authorize(as(role), "events.import", "none")).toThrow(refused);
    expect(() => authorize(as("engineer"), "events.import", "none")).not.toThrow();
    expect(() => authorize(as("engineer"), "policy.write", "none")).toThrow(refused);
  });

  test("auditors export evidence and read the audit log; viewers do neither", () => {
    for (const action of ["evidence.export", "audit.read"] as const) {
      expect(() => authorize(as("auditor"), action, "none")).not.toThrow();
      expect(() => authorize(as("viewer"), action, "none")).toThrow(refused);
    }
  });

  test("a grant covers its own segments only, and never the whole fleet", () => {
    const granted = as("engineer", ["s1", "s2"]);
    expect(() => authorize(granted, "segment.write", ["s1"])).not.toThrow();
    expect(() => authorize(granted, "segment.write", [])).not.toThrow();
    expect(() => authorize(granted, "segment.write", ["s1", "s3"])).toThrow(refused);
    expect(() => authorize(granted, "segment.write", "all")).toThrow(refused);
    expect(() => authorize(as("engineer"), "segment.write", "all")).not.toThrow();
  });
});
