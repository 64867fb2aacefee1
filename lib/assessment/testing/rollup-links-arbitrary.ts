import fc from "fast-check";
import type { RollupLinks } from "../rollups";
import type { ScoringInput } from "../scoring-input";

/** Links over the analytics of an input, freer than any release: strategies share analytics, detect several techniques or none; techniques stand in several tactics. */
export function rollupLinks(input: ScoringInput): fc.Arbitrary<RollupLinks> {
  const analytics = input.analytics.map(({ id }) => id);
  const techniques = ["T1", "T1.001", "T1.002", "T2", "T3"];
  const tactics = ["TA1", "TA2", "TA3"];
  return fc.record({
    strategies: fc.tuple(...["DET1", "DET2", "DET3"].map((id) => fc.record({ id: fc.constant(id), name: fc.constant(id), techniques: fc.subarray(techniques), analytics: fc.subarray([...analytics, "AN9999"]) }))),
    techniques: fc.tuple(...techniques.map((id) => fc.record({ id: fc.constant(id), name: fc.constant(id), parent: fc.constant(id.includes(".") ? "T1" : null), tactics: fc.subarray(tactics).map((ids) => ids.map((tactic) => ({ id: tactic, name: tactic }))) }))),
    tactics: fc.constant(tactics.map((id) => ({ id, name: id }))),
  });
}
