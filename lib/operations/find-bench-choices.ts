import { listPackRows } from "@/lib/detection/packs/store";
import { listRules } from "@/lib/detection/rules/store";
import { listDatasetViews } from "@/lib/events/store";
import { listSegments } from "@/lib/inventory/store";
import type { BenchChoice, BenchChoices } from "@/lib/reports/bench-view";
import { counted } from "@/lib/shared/format-number";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const SHOWN = 30;

/** Stored rules, or datasets and pack tests, whose title or note holds every word; the first thirty of them. */
export async function findBenchChoices(ctx: OperationContext, { of, words }: { readonly of: "rule" | "events"; readonly words: string }): Promise<BenchChoices> {
  authorize(ctx, "bench.run", "none");
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const all = of === "rule" ? await rules(ctx) : [...(await datasets(ctx)), ...(await packTests(ctx))];
  const found = all.filter(({ title, note }) => wanted.every((word) => `${title} ${note}`.toLowerCase().includes(word)));
  return { choices: found.slice(0, SHOWN), total: found.length };
}

async function rules(ctx: OperationContext): Promise<BenchChoice[]> {
  const found = (await listRules(ctx.db)).filter(({ kind, state }) => state === "active" && kind !== "filter");
  return found.map(({ id, title, source, kind }) => ({ title, note: kind === "correlation" ? `${source}, correlation` : source, address: { rule: id } })).sort((a, b) => (a.title < b.title ? -1 : 1));
}

async function datasets(ctx: OperationContext): Promise<BenchChoice[]> {
  const names = new Map((await listSegments(ctx.db)).map(({ id, name }) => [id, name]));
  return (await listDatasetViews(ctx.db, ctx.segments)).map(({ id, fileName, segmentId, records }) => ({ title: fileName, note: `${names.get(segmentId) ?? ""}, ${counted(records, "record")}`, address: { dataset: id } }));
}

async function packTests(ctx: OperationContext): Promise<BenchChoice[]> {
  const rows = await listPackRows(ctx.db, { current: true });
  return rows.flatMap(({ analytic, manifest }) => manifest.tests.map(({ name, kind }, test) => ({ title: name, note: `pack ${analytic}, ${kind.replace("-", " ")}`, address: { pack: analytic, test: String(test) } })));
}
