import fc from "fast-check";
import { expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";
import { techniqueWeight } from "@/lib/assessment/technique-weight";
import { aged, AT, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRequirement, makeSegment } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { DEFAULT_COSTS } from "../costs";
import { buildModel } from "./build-model";
import { projectGrants } from "./grant-collections";
import { costOf, gainOf, pointsOf, type PlanModel } from "./plan-model";

const OBSERVED = statusRank("observed");

/** Numerator of the headline and cells at least observed, from the scorer's own cells. */
function headlineOf(input: ScoringInput, result: ScoringResult): { value: bigint; cells: number } {
  let [value, cells] = [0n, 0];
  for (const cell of result.cells) {
    const analytic = input.analytics[cell.analytic];
    if (analytic === undefined || statusRank(cell.status) < OBSERVED) continue;
    value += BigInt(cell.weight) * BigInt(techniqueWeight(analytic, input.weights)) * BigInt(cell.reach);
    cells += 1;
  }
  return { value, cells };
}

function grantsOf(input: ScoringInput, model: PlanModel, chosen: Iterable<number>) {
  return [...chosen].flatMap((position) => {
    const action = model.actions[position];
    return action === undefined ? [] : [{ segment: input.segments[action.segment]?.id ?? "", kinds: action.collection.kinds }];
  });
}

// As in the catalogue: every analytic is of one platform.
const onePlatform = scoringInput.map((input): ScoringInput => ({ ...input, analytics: input.analytics.map((analytic) => ({ ...analytic, platforms: analytic.platforms.slice(0, 1) })) }));

test("what a set of actions wins is the difference that the scorer makes of it", () => {
  let worth = 0;
  fc.assert(
    fc.property(onePlatform, fc.nat(2 ** 20 - 1), (input, bits) => {
      const before = assess(input);
      const model = buildModel(input, before, DEFAULT_COSTS, null);
      const chosen = new Set(model.actions.map((_, n) => n).filter((n) => (bits >> n % 20) & 1));
      const { result } = projectGrants(input, before, grantsOf(input, model, chosen));
      const [was, is] = [headlineOf(input, before), headlineOf(input, result)];
      const { gain, cells } = gainOf(model, chosen);
      expect({ gain, cells }).toEqual({ gain: is.value - was.value, cells: is.cells - was.cells });
      expect(pointsOf(model, gain)).toBe((result.fleet.observed.value ?? 0) - (before.fleet.observed.value ?? 0));
      if (gain > 0n) worth += 1;
    }),
    { numRuns: 300 },
  );
  expect(worth).toBeGreaterThan(30); // the property is not about empty plans
});

test("no action rests on a reference that cannot be produced or belongs to another platform", () => {
  fc.assert(
    fc.property(scoringInput, (input) => {
      const model = buildModel(input, assess(input), DEFAULT_COSTS, null);
      const asked = new Set<string>();
      for (const { requirements } of input.analytics) for (const { alternatives } of requirements) for (const { verdict, accepts } of alternatives) if (verdict === "producible") for (const { kind } of input.acceptSets[accepts] ?? []) asked.add(kind);
      for (const { collection } of model.actions) {
        expect(collection.kinds.length).toBeGreaterThan(0);
        if (collection.keys[0] === "*") expect(collection.kinds.some((kind) => asked.has(kind))).toBe(true);
        else for (const kind of collection.kinds) expect(asked).toContain(kind);
      }
    }),
    { numRuns: 100 },
  );
});

test("a reference that is never written offers nothing, though its equivalents would count", () => {
  const analytics = [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives: [makeAlternative({ verdict: "not-producible" })] })] })];
  const input = makeInput({ analytics, acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }, { kind: "macos-osquery:es_process_events", met: "equivalent", fields: 0 }]] });
  expect(buildModel(input, assess(input), DEFAULT_COSTS, null)).toMatchObject({ actions: [], open: 1, beyond: 1 });
});

test.each([
  ["nothing is there", {}, "buy"],
  ["it is claimed", { claims: [makeClaim()] }, "prove"],
  ["it is claimed of another event", { claims: [makeClaim({ kinds: ["macos-esf:create"] })] }, "configure"],
  ["it aged", { aggregates: fromHosts(9).map((row) => aged(row)) }, "repair"],
  ["it comes from too few hosts", { aggregates: fromHosts(1) }, "configure"],
  ["it fell silent", { aggregates: fromHosts(9).map((row) => ({ ...row, freshFirst: AT - 7 * 86_400_000, freshLast: AT - 7 * 86_400_000 })), claims: [makeClaim({ basis: "flow", hosts: 0 })] }, "repair"],
] as const)("where %s, the action is of its kind", (_, changes, kind) => {
  const input = makeInput({ ...changes, claims: [...("claims" in changes ? changes.claims : [])], aggregates: [...("aggregates" in changes ? changes.aggregates : [])] });
  const model = buildModel(input, assess(input), DEFAULT_COSTS, null);
  expect(model.actions.map((action) => action.kind)).toEqual([kind]);
  expect(model.actions[0]?.price.licence).toBe(0);
  expect(model.actions[0]?.collection.keys).toEqual([kind === "repair" ? "*" : "exec"]); // a stream that stopped is restored as a whole
  expect(pointsOf(model, gainOf(model, new Set([0])).gain)).toBe(1_000_000);
});

test("a cell that is observed on few hosts gains the reach that it lacks, and is no new cell", () => {
  const input = makeInput({ aggregates: fromHosts(10) });
  const model = buildModel(input, assess(input), DEFAULT_COSTS, null);
  const { gain, cells } = gainOf(model, new Set([0]));
  expect([pointsOf(model, gain), cells]).toEqual([900_000, 0]);
});

test("a chain counts once the stages that it lacks are collected, and never where its stages are there and do not join", () => {
  const stage = makeRequirement({ component: { id: "DC0039", name: "File Creation" }, alternatives: [makeAlternative({ accepts: 1 })] });
  const chain = makeAnalytic("AN0001", { requirements: [makeRequirement(), stage], joins: [{ edge: "0-1", from: 0, to: 1 }] });
  const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }], [{ kind: "macos-esf:create", met: "as-cited" as const, fields: 0 }]];
  const lacking = makeInput({ analytics: [chain], acceptSets, aggregates: fromHosts(100) });
  const model = buildModel(lacking, assess(lacking), DEFAULT_COSTS, null);
  expect(model.actions.map(({ collection }) => collection.id)).toEqual(["macos-esf:create"]);
  expect(gainOf(model, new Set([0])).cells).toBe(1);
  expect(projectGrants(lacking, assess(lacking), grantsOf(lacking, model, [0])).assumed).toEqual([0]);
  const broken = { ...lacking, aggregates: [...fromHosts(100), ...fromHosts(100, { kind: "macos-esf:create" })], joins: [{ segment: "mac", analytic: "AN0001", edge: "0-1", state: "not-joined" as const }] };
  expect(buildModel(broken, assess(broken), DEFAULT_COSTS, null)).toMatchObject({ actions: [], beyond: 1 });
});

test("what several collections need is paid once", () => {
  const second = makeAnalytic("AN0002", { requirements: [makeRequirement({ alternatives: [makeAlternative({ accepts: 1 })] })] });
  const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }], [{ kind: "macos-esf:create", met: "as-cited" as const, fields: 0 }]];
  const input = makeInput({ analytics: [makeAnalytic("AN0001"), second], acceptSets, segments: [makeSegment("mac")] });
  const model = buildModel(input, assess(input), DEFAULT_COSTS, null);
  expect(model.needs).toHaveLength(1);
  expect(costOf(model, [0, 1])).toBe(costOf(model, [0]) + costOf(model, [1]) - (model.needs[0]?.cost ?? 0));
});
