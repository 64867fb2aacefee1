import { listPackRows, readPackFiles } from "@/lib/detection/packs/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { writeZip } from "./evidence/write-zip";

export interface ExportedPack {
  readonly analytic: string;
  readonly version: number;
  readonly fileName: string;
  readonly zip: AsyncGenerator<Uint8Array>;
}

/**
 * A pack as a zip that `packs import` takes: the same bytes for the same version.
 *
 * @param input.version default: the one in force
 * @throws SightlineError NOT_FOUND
 */
export async function exportPack(ctx: OperationContext, input: { readonly analytic: string; readonly version?: number }): Promise<ExportedPack> {
  authorize(ctx, "pack.read", "none");
  const analytic = input.analytic.trim().toUpperCase();
  const row = (await listPackRows(ctx.db, { analytics: [analytic] })).find(({ current, version }) => (input.version === undefined ? current : version === input.version));
  if (row === undefined) throw new SightlineError("NOT_FOUND", `There is no pack of ${analytic}${input.version === undefined ? "" : ` with the version ${input.version}`}.`, { remedy: "sightline packs list names those that there are." });
  const files = [...(await readPackFiles(ctx.db, row))];
  const zip = writeZip(files.map(([path, bytes]) => ({ path, content: () => [bytes] })), new Date(Date.UTC(1980, 0, 1)), []);
  return { analytic, version: row.version, fileName: `sightline-pack-${analytic}-v${row.version}.zip`, zip };
}
