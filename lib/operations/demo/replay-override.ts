import { insertOverride, listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { overridesInForce, type ResolutionOverride } from "@/lib/telemetry/overrides/override";
import { referenceDigest } from "@/lib/telemetry/reference-digest";
import type { Db, Tx } from "@/lib/db/client";
import type { OperationContext } from "../context";
import { setResolutionOverride } from "../set-resolution-override";
import { DEMO_ACTOR } from "./demo-actor";
import type { DemoOverride } from "./demo-content";

/** Says what a log source means in the demonstration; what is said already stays as it is. */
export async function replayOverride(ctx: OperationContext, { component, name, channel, ...request }: DemoOverride): Promise<void> {
  const reference = referenceDigest(component, name, channel);
  if ((await demoOverrides(ctx.db)).some((known) => known.reference === reference)) return;
  await setResolutionOverride(ctx, { ...request, reference });
}

/** Ends the demonstration's overrides, each by its next version. @returns how many they were */
export async function withdrawDemoOverrides(tx: Tx, at: Date): Promise<number> {
  const mine = await demoOverrides(tx);
  for (const override of mine) await insertOverride(tx, { ...override, state: "withdrawn", reason: "The demonstration fleet was taken away" }, { at, actor: DEMO_ACTOR });
  return mine.length;
}

/** The overrides in force that the demonstration made. */
async function demoOverrides(db: Db | Tx): Promise<readonly ResolutionOverride[]> {
  return overridesInForce(await listOverrideVersions(db)).filter(({ by }) => by === DEMO_ACTOR);
}
