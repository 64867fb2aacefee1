import type { Db } from "@/lib/db/client";
import type { EventOptions, Warning } from "@/lib/events/dataset-types";
import { listRoster } from "@/lib/inventory/store";
import { foldHost } from "@/lib/shared/host-name";

const NAMED = 5;

/** Hosts of a file that the segment's roster does not list: they prove nothing there, and whoever imports should know. None where there is no roster. */
export async function remarkForeignHosts(db: Db, segmentId: string, origin: EventOptions["origin"], hosts: readonly string[]): Promise<Warning[]> {
  if (origin !== "production" && origin !== "exercise") return [];
  const roster = new Set((await listRoster(db, segmentId)).map(({ key }) => key));
  const foreign = roster.size === 0 ? [] : hosts.filter((host) => !roster.has(foldHost(host)));
  if (foreign.length === 0) return [];
  const names = foreign.slice(0, NAMED).join(", ");
  const more = foreign.length > NAMED ? ` and ${foreign.length - NAMED} more` : "";
  return [{ code: "foreign-hosts", count: foreign.length, kinds: [], message: `${foreign.length} of ${hosts.length} ${hosts.length === 1 ? "host" : "hosts"} did not stand on the segment's roster at the import, and prove nothing while they do not: ${names}${more}.` }];
}
