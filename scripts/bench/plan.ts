import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { assess } from "@/lib/assessment/assess";
import { buildScoringInput } from "@/lib/assessment/build-scoring-input";
import { makeLargeFleet } from "@/lib/assessment/testing/make-large-fleet";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStixBundle } from "@/lib/catalog/parse-stix-bundle";
import { projectRoot } from "@/lib/db/project-root";
import { DEFAULT_COSTS } from "@/lib/gaps/costs";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { buildPlanDoc } from "@/lib/gaps/plan/build-plan-doc";
import { mostReferenced } from "@/lib/gaps/plan/naive-order";
import { planCollection } from "@/lib/gaps/plan/plan-collection";
import { openParts } from "@/lib/gaps/plan/priced-parts";
import { reduceModel } from "@/lib/gaps/plan/reduce-model";
import { findDependences } from "@/lib/gaps/plan/sole-source";
import { traceFrontier } from "@/lib/gaps/plan/trace-frontier";
import { clauseGains } from "@/lib/shared/clause-gains";
import { openSolver } from "@/lib/workers/open-solver";

/*
 * The collection plan over enterprise 19.1: one segment and one budget (target 5 s), then a fleet of 100 segments with one budget and
 * its frontier (target 60 s together), and a switch of the page (target 100 ms). Times are wall times, CPU time of this process beside
 * them: on a busy machine the first says more of the others than of the plan.
 */
const SAMPLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "attack/enterprise-attack-19.1-detect-stix21.json.gz");
if (!existsSync(SAMPLE)) {
  console.log(`skipped: ${SAMPLE} is not here`);
  process.exit(0);
}
const wall = (): number => performance.now() / 1000;
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
function timed<T>(what: string, work: () => T, target?: number): { readonly made: T; readonly seconds: number } {
  const [began, used] = [wall(), cpu()];
  const made = work();
  const seconds = wall() - began;
  console.log(`${what.padEnd(58)} ${seconds.toFixed(2).padStart(7)} s, ${(cpu() - used).toFixed(2)} s CPU${target === undefined ? "" : `  target ${target} s: ${seconds <= target ? "met" : "MISSED"}`}`);
  return { made, seconds };
}

console.log(`machine: ${availableParallelism()} cores, load ${loadavg().map((load) => load.toFixed(1)).join(" ")}`);
const linked = linkCatalog(parseStixBundle(gunzipSync(readFileSync(SAMPLE)), "bench"), "enterprise");
const solver = await openSolver();
for (const segments of [1, 100]) {
  const input = buildScoringInput(makeLargeFleet(linked.analytics, segments, Date.UTC(2026, 10, 21)));
  const { made: result } = timed(`${segments} segment(s): assessed`, () => assess(input));
  const { made: model, seconds: built } = timed("  model built", () => buildModel(input, result, DEFAULT_COSTS, null));
  const { made: program, seconds: reduced } = timed("  reduced", () => reduceModel(model));
  console.log(`  ${model.open} open cells, ${model.actions.length} actions -> ${program.actions.length}, ${model.items.length} items -> ${program.items.length}`);
  const parts = openParts(program, solver, () => 5);
  const budget = 50_000 * segments;
  const { made: best, seconds: planned } = timed(`  plan within ${budget}`, () => planCollection(program, parts, { budget }, solver, segments === 1 ? 20 : 25, wall));
  console.log(`  ${best.status}, gap ${(best.gap / 1e7).toFixed(5)} points; ${(best.choice.value / 1e7).toFixed(3)} points, ${best.choice.cells} cells for ${best.choice.cost}`);
  const { made: frontier, seconds: traced } = timed("  frontier of 24 plans", () => traceFrontier(parts, { points: 24, end: wall() + 45, now: wall }));
  console.log(`  ${frontier.points.length} plans, ${frontier.proven ? "each proven best for its cost" : "NOT all proven"}, ${frontier.nested ? "nested" : "not nested"}`);
  const all = built + reduced + planned + (segments === 1 ? 0 : traced);
  const target = segments === 1 ? 5 : 60;
  console.log(`${`  together${segments === 1 ? ", without the frontier" : ""}`.padEnd(58)} ${all.toFixed(2).padStart(7)} s  target ${target} s: ${all <= target ? "met" : "MISSED"}`);
  const { made: dependences } = timed("  sole-source dependences", () => findDependences(input, result));
  const { made: naive } = timed("  most referenced first", () => mostReferenced(program));
  const { made: doc } = timed("  document of the page", () => buildPlanDoc({ input, result, costs: DEFAULT_COSTS, costsVersion: 0, model, program, frontier, naive, dependences }));
  console.log(`  ${(JSON.stringify(doc).length / 1e6).toFixed(2)} MB, ${doc.actions.length} actions, ${doc.items.length} items`);
  const chosen = new Set(doc.points.findLast(({ actions }) => actions !== null)?.actions ?? []);
  timed(`  a switch of ${chosen.size} collections that are on`, () => clauseGains(doc, doc.actions.length, chosen), 0.1);
}
