import type { ActionResult } from "@/app/_adapters/action-result";
import type { GapChange } from "@/lib/gaps/gap-state";

/** What the pages of gaps can have done: change gaps (how many changed), comment on one. */
export interface GapActions {
  readonly set: (request: { readonly ids: readonly string[]; readonly change: GapChange }) => Promise<ActionResult<number>>;
  readonly comment: (request: { readonly id: string; readonly text: string }) => Promise<ActionResult<string>>;
}
