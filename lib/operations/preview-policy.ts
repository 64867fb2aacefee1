import { CELL_STATES, comparisonSchema, type Stand } from "@/lib/assessment/compare/comparison";
import { readPolicy } from "@/lib/assessment/decisions/store";
import { changePolicy } from "@/lib/assessment/policy";
import type { Policy } from "@/lib/assessment/scoring-input";
import type { Status } from "@/lib/assessment/status";
import { DOMAINS } from "@/lib/catalog/types";
import { authorize } from "./authorize";
import { compareInWorker } from "./compare/compare-in-worker";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import { loadPinnedInputs } from "./load-pinned-inputs";

export interface PolicyStands {
  readonly name: string;
  readonly before: Stand;
  readonly after: Stand;
}

/** What a policy would change on today's evidence. moves: cells by the status they had and would have, most first. */
export interface PolicyEffect {
  readonly policy: Policy;
  readonly fleet: PolicyStands;
  readonly segments: readonly PolicyStands[]; // those that change, largest first
  readonly moves: readonly { readonly from: Status | "not-assessed"; readonly to: Status | "not-assessed"; readonly cells: number }[];
}

/**
 * Scores today's evidence under the policy in force and under a changed one, in a thread. Nothing is stored.
 *
 * @param settings KEY=VALUE, as `policy set` takes them
 * @throws SightlineError INVALID naming the key, NOT_FOUND before the first assessment
 */
export async function previewPolicy(ctx: OperationContext, settings: readonly string[]): Promise<PolicyEffect> {
  authorize(ctx, "assessment.run", "all");
  const current = await readPolicy(ctx.db);
  const policy = changePolicy(current, settings);
  const { domains: covered } = await findAssessment(ctx, null);
  const domains = DOMAINS.filter((domain) => covered.includes(domain));
  const at = ctx.clock();
  const pin = async (chosen: Policy) => (await loadPinnedInputs(ctx, { at, domains, policy: chosen, testedUntil: at })).pinned;
  const document = await compareInWorker({ type: "pinned", a: await pin(current), b: await pin(policy) });
  const { fleet, segments } = comparisonSchema.parse(JSON.parse(Buffer.from(document).toString("utf8")));
  const moves = new Map<string, number>();
  for (const { matrix } of segments) for (const [from, row] of matrix.entries()) for (const [to, cells] of row.entries()) if (from !== to && cells > 0) moves.set(`${from} ${to}`, (moves.get(`${from} ${to}`) ?? 0) + cells);
  return {
    policy,
    fleet: standsOf("Fleet", fleet),
    segments: segments.map(({ name, stands }) => standsOf(name, stands)).filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)).sort((a, b) => size(b) - size(a)),
    moves: [...moves].map(([key, cells]) => {
      const [from = 0, to = 0] = key.split(" ").map(Number);
      return { from: CELL_STATES[from] ?? "not-assessed", to: CELL_STATES[to] ?? "not-assessed", cells };
    }).sort((a, b) => b.cells - a.cells),
  };
}

function standsOf(name: string, stands: readonly Stand[]): PolicyStands {
  const [before, after] = [stands[0], stands.at(-1)];
  if (before === undefined || after === undefined) throw new Error("a comparison without stands");
  return { name, before, after };
}

function size({ before, after }: PolicyStands): number {
  return Math.abs((after.observed ?? 0) - (before.observed ?? 0));
}
