import { changePolicy } from "@/lib/assessment/policy";
import { findSegmentByName } from "@/lib/inventory/store";
import type { OperationContext } from "../context";
import { editSegment } from "../edit-segment";
import { getPolicy } from "../get-policy";
import { setPolicy } from "../set-policy";
import type { DemoFleet, DemoStep } from "./demo-content";

/**
 * Moves the ground under the numbers, as a fleet and its policy do: segments that had another size then, and thresholds that
 * were agreed. What holds already is left alone.
 *
 * @param dayAfterT0 the ISO date so many days after T0
 */
export async function replayGround(ctx: OperationContext, fleet: DemoFleet, { sizes, policy }: Pick<DemoStep, "sizes" | "policy">, dayAfterT0: (days: number) => string): Promise<void> {
  for (const { segment: name, hosts } of sizes) {
    const [form, segment] = [fleet.segments.find((one) => one.name === name), await findSegmentByName(ctx.db, name)];
    const platform = form?.platforms[0];
    if (form === undefined || segment === null || platform === undefined) throw new Error(`the demonstration has no segment "${name}"`);
    await editSegment(ctx, segment.id, { ...form, platforms: [{ ...platform, hosts }], assets: hosts, target: form.target && { value: form.target.value, date: dayAfterT0(form.target.inDays), owner: form.target.owner } });
  }
  if (policy === undefined) return;
  const { policy: now } = await getPolicy(ctx);
  if (JSON.stringify({ ...changePolicy(now, policy.settings), version: now.version }) !== JSON.stringify(now)) await setPolicy(ctx, policy);
}
