import type { Db, Tx } from "@/lib/db/client";
import { MAX_ASSETS } from "@/lib/inventory/check-segment";
import { detectInventoryFormat } from "@/lib/inventory/formats/index";
import type { InventoryFormat, InventoryParseOptions, ParsedInventory } from "@/lib/inventory/formats/inventory-format";
import { planInventory, type InventoryPlan } from "@/lib/inventory/plan-inventory";
import { readDate } from "@/lib/inventory/read-field";
import { listStatementsOf } from "@/lib/inventory/statements/store";
import { listClaims, listSegments } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import type { InventoryRequest } from "../preview-inventory";
import type { ReadSource } from "./read-source";
import { findSegmentOrRefuse } from "./refuse-segment";

const DAY_MS = 86_400_000;

export interface RecognisedInventory {
  readonly format: InventoryFormat;
  readonly evidence: readonly string[];
  readonly parsed: ParsedInventory;
}

/**
 * Recognises and parses a file. Dates up to tomorrow are believed, because the file may come from a zone ahead of ours.
 *
 * @throws SightlineError when the file, or what the person says of it (segment, hosts, date), is refused
 */
export async function parseInventory(ctx: OperationContext, file: ReadSource, request: InventoryRequest): Promise<RecognisedInventory> {
  const input = { name: file.fileName, text: file.text };
  const found = detectInventoryFormat(input, request.format);
  const parsed = found.format.parse(input, await readOptions(ctx, found.format, request));
  return { ...found, parsed: { ...parsed, losses: [...file.notes, ...parsed.losses] } };
}

async function readOptions(ctx: OperationContext, format: InventoryFormat, { segment: name = "", hosts = null, asOf = null }: InventoryRequest): Promise<InventoryParseOptions> {
  const latest = isoDay(ctx.clock().getTime() + DAY_MS);
  const options = { latest, today: isoDay(ctx.clock().getTime()) };
  if (format.segment === undefined) return options;
  const date = readDate(asOf ?? "", latest);
  if ("problem" in date) throw new SightlineError("INVALID", date.problem, { field: "as_of", remedy: date.remedy });
  if (hosts !== null && !(Number.isInteger(hosts) && hosts >= 1 && hosts <= MAX_ASSETS)) {
    throw new SightlineError("INVALID", "The number of hosts is no whole number of at least 1.", { field: "hosts", remedy: "Write how many hosts the file stands for, or leave it out." });
  }
  const stated = { ...options, hosts, asOf: date.value };
  if (name.trim() === "") return stated;
  const segment = await findSegmentOrRefuse(ctx.db, name.trim(), { live: true });
  return { ...stated, segment: segment.name, platforms: segment.platforms.map((platform) => platform.name) };
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** What applying it would do to the inventory as it is now. */
export async function planParsed(db: Db | Tx, { format, parsed }: RecognisedInventory, replace: boolean): Promise<InventoryPlan> {
  const segments = await listSegments(db, { retired: true });
  const statements = parsed.statements ? await listStatementsOf(db, parsed.statements.author, parsed.statements.domain) : [];
  return planInventory(parsed, { segments, claims: await listClaims(db), statements, format: format.id, replace });
}
