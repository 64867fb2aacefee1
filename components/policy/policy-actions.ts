import type { ActionResult } from "@/app/_adapters/action-result";
import type { ExclusionRequest } from "@/lib/operations/add-exclusion";
import type { PolicyEffect } from "@/lib/operations/preview-policy";

/** What the policy page can ask the server to do. */
export interface PolicyActions {
  readonly preview: (settings: readonly string[]) => Promise<ActionResult<PolicyEffect>>;
  readonly save: (settings: readonly string[], reason: string) => Promise<ActionResult<number>>;
  readonly exclude: (request: ExclusionRequest) => Promise<ActionResult<string>>;
  readonly withdraw: (id: string, reason: string) => Promise<ActionResult<string>>;
}
