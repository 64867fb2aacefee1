import { checkSegment, type SegmentForm } from "@/lib/inventory/check-segment";
import { findSegment, findSegmentByName, listRoster } from "@/lib/inventory/store";
import type { Segment, SegmentDraft } from "@/lib/inventory/types";
import type { Db, Tx } from "@/lib/db/client";
import { SightlineError } from "@/lib/shared/errors";

/** The draft of a form. @throws SightlineError INVALID naming the first field that is wrong, with every problem in the message. */
export function draftOrRefuse(form: SegmentForm): SegmentDraft {
  const { draft, problems } = checkSegment(form);
  if (draft) return draft;
  const [first] = problems;
  throw new SightlineError("INVALID", problems.map(({ message }) => message).join(" "), { field: first?.field, remedy: problems.map(({ remedy }) => remedy).join(" ") });
}

/** @throws SightlineError CONFLICT when another segment, retired or not, has this name. */
export async function refuseTakenName(db: Db | Tx, name: string, own: string | null): Promise<void> {
  const other = await findSegmentByName(db, name);
  if (other === null || other.id === own) return;
  const retired = other.retiredAt === null ? "" : " and is retired";
  throw new SightlineError("CONFLICT", `There is a segment ${other.name} already${retired}.`, { field: "name", remedy: "Choose another name." });
}

/** The segment with this id or name. @throws SightlineError NOT_FOUND; CONFLICT when it is retired and must not be. */
export async function findSegmentOrRefuse(db: Db | Tx, idOrName: string, options: { readonly live: boolean }): Promise<Segment> {
  const segment = (await findSegment(db, idOrName)) ?? (await findSegmentByName(db, idOrName));
  if (segment === null) throw new SightlineError("NOT_FOUND", `There is no segment "${idOrName}".`, { field: "segment", remedy: "See the list of segments." });
  if (options.live && segment.retiredAt !== null) throw new SightlineError("CONFLICT", `The segment ${segment.name} is retired.`, { field: "segment", remedy: "Restore it first." });
  return segment;
}

/** Every host of the roster must keep a platform that its segment has. @throws SightlineError CONFLICT */
export async function refuseOrphanedHosts(tx: Tx, id: string, draft: SegmentDraft): Promise<void> {
  const kept = new Set(draft.platforms.map(({ name }) => name));
  const orphans = (await listRoster(tx, id)).filter(({ platform }) => !kept.has(platform));
  const [first] = orphans;
  if (!first) return;
  throw new SightlineError("CONFLICT", `${orphans.length} hosts of the roster of ${draft.name} are ${first.platform} (${first.host}, ...), which the segment would no longer have.`, {
    field: "platforms",
    remedy: "Import a new roster first, or keep the platform.",
  });
}
