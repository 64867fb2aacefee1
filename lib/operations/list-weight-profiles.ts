import { listWeightProfiles as readProfiles, readWeightsInForce } from "@/lib/assessment/weights/store";
import { UNIFORM } from "@/lib/assessment/weights/weight-profile";
import type { WeightListJson } from "@/lib/assessment/weights/weights-json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every version of every weight profile, the built-in one first, then by name, newest version first. */
export async function listWeightProfiles(ctx: OperationContext): Promise<WeightListJson> {
  authorize(ctx, "weights.read", "none");
  const [rows, current] = await Promise.all([readProfiles(ctx.db), readWeightsInForce(ctx.db)]);
  const inForce = ({ name, version }: { readonly name: string; readonly version: number }): boolean => name === current.name && version === current.version;
  return [
    { name: UNIFORM.name, version: UNIFORM.version, inForce: inForce(UNIFORM), kind: "uniform", source: null, techniques: 0, digest: UNIFORM.digest, at: null, by: "sightline", reason: "built in" },
    ...rows.flatMap(({ source, techniques, at, by, reason, name, version, digest }) =>
      source.kind === "uniform" ? [] : [{ name, version, inForce: inForce({ name, version }), kind: source.kind, source, techniques: Object.keys(techniques).length, digest, at, by, reason }],
    ),
  ];
}
