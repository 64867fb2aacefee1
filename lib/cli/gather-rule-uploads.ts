import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { detectArchive } from "@/lib/files/archives";
import { fileSource } from "@/lib/files/byte-source";
import { listFolder } from "@/lib/files/list-folder";
import { isTar } from "@/lib/files/read-tar";
import { isRuleFile } from "@/lib/operations/rules/unpack-rules";
import { SightlineError } from "@/lib/shared/errors";

/** What is kept and imported as one: an archive as it is, or the rule files of a folder, or single files. */
export interface RuleUpload {
  readonly name: string;
  readonly archive: string | null; // its path
  readonly files: readonly { readonly path: string; readonly from: string }[]; // otherwise: path inside, path on disk
  readonly loose: boolean; // single files: they are added to a source and replace nothing of it
}

/**
 * The uploads behind paths: each archive and each folder its own, single files together.
 *
 * @throws SightlineError when a path cannot be read or a folder holds no rule
 */
export async function gatherRuleUploads(paths: readonly string[]): Promise<RuleUpload[]> {
  const uploads: RuleUpload[] = [];
  const loose: { path: string; from: string }[] = [];
  for (const path of paths) {
    const kind = await stat(path).catch(() => null);
    if (kind === null) throw new SightlineError("NOT_FOUND", "There is no such file or folder.", { file: path });
    const name = basename(resolve(path));
    if (kind.isDirectory()) {
      const files = (await listFolder(path)).filter((file) => isRuleFile(file.name) && !/(?:^|\/)\./.test(file.name));
      if (files.length === 0) throw new SightlineError("INVALID", "There is no Sigma rule file (.yml, .yaml) here.", { file: path, remedy: "Give rule files, or a folder or archive that holds some." });
      uploads.push({ name, archive: null, files: files.map((file) => ({ path: file.name, from: join(path, file.name) })), loose: false });
    } else if (await isArchive(path)) uploads.push({ name, archive: path, files: [], loose: false });
    else loose.push({ path: name, from: path });
  }
  const twin = loose.find(({ path }, i) => loose.findIndex((one) => one.path === path) !== i);
  if (twin !== undefined) throw new SightlineError("INVALID", "Two of the files have this name.", { file: twin.from, remedy: "Rename one, or import the folder that holds them." });
  if (loose.length > 0) uploads.push({ name: loose.length === 1 ? (loose[0]?.path ?? "") : `${loose.length} rule files`, archive: null, files: loose, loose: true });
  return uploads;
}

async function isArchive(path: string): Promise<boolean> {
  const head = await (await fileSource(path)).readAt(0, 512);
  return detectArchive(head) !== null || isTar(head);
}

/** The file that is kept as it stands: an archive, or a single file alone. A folder is packed even where it holds one file, since it is the whole of its source. */
export function uploadedAsIs({ archive, files, loose }: RuleUpload): string | null {
  return archive ?? (loose && files.length === 1 ? (files[0]?.from ?? null) : null);
}
