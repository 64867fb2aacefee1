import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readDemoSetting, type DemoSetting } from "./demo/demo-setting";

/** The loaded demonstration: its T0, shown wherever its data is shown; null when there is none. */
export async function getDemo(ctx: OperationContext): Promise<DemoSetting | null> {
  authorize(ctx, "system.read", "none");
  return readDemoSetting(ctx.db);
}
