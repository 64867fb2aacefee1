import { z } from "zod";
import { byGain, toGapJson, type GapJson } from "@/lib/gaps/gap-json";
import { GAP_STATES, type GapState } from "@/lib/gaps/gap-state";
import { listGapRows } from "@/lib/gaps/store";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readGapPrices } from "./gaps/read-gap-prices";

/** segment: name or id; states absent: every one. */
export interface GapQuery {
  readonly segment?: string | undefined;
  readonly states?: readonly string[] | undefined;
}

/**
 * The backlog as it stands, of the segments that the actor may see: most gain for its cost first.
 *
 * @throws SightlineError NOT_FOUND for an unknown segment, INVALID for an unknown state
 */
export async function listGaps(ctx: OperationContext, query: GapQuery = {}): Promise<GapJson[]> {
  authorize(ctx, "gap.read", "none");
  const states = readStates(query.states);
  const segmentIds = query.segment === undefined ? (ctx.segments === "all" ? undefined : ctx.segments) : [await segmentId(ctx, query.segment)];
  if (segmentIds !== undefined) authorize(ctx, "gap.read", segmentIds);
  const today = ctx.clock().toISOString().slice(0, 10);
  const { priceOf } = await readGapPrices(ctx);
  const rows = await listGapRows(ctx.db, { segmentIds, analytics: true });
  return rows.map((row) => toGapJson(row, priceOf(row), today)).filter(({ state }) => states === null || states.includes(state)).sort(byGain);
}

function readStates(given: readonly string[] | undefined): readonly GapState[] | null {
  if (given === undefined || given.length === 0) return null;
  const parsed = z.array(z.enum(GAP_STATES)).safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SightlineError("INVALID", `A gap is ${GAP_STATES.join(", ")}.`, { field: "state" });
}

async function segmentId(ctx: OperationContext, name: string): Promise<string> {
  const segment = (await findSegmentByName(ctx.db, name)) ?? (await findSegment(ctx.db, name));
  if (segment === null) throw new SightlineError("NOT_FOUND", `There is no segment named "${name}".`, { field: "segment" });
  return segment.id;
}
