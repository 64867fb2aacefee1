import type { ActionResult } from "@/app/_adapters/action-result";

/** What the dialog of layers can ask the server to do. */
export interface LayerActions {
  readonly remove: (id: string) => Promise<ActionResult<string>>;
}
