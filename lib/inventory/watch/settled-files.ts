/** A file in a watched folder. name: its path inside the folder, with "/". */
export interface FolderFile {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

// Names under which programs write what is not finished.
const UNFINISHED = /(?:^|\/)\.|(?:\.(?:tmp|temp|part|partial|crdownload|filepart|swp|lock)|~)$/i;
/** The query of a measurement: read with its table, never by itself. */
const SIDECAR = /\.query\.txt$/i;

/** Names a file as it was when it was looked at. */
export function fileState({ name, size, mtimeMs }: FolderFile): string {
  return `${name}\n${size}\n${Math.trunc(mtimeMs)}`;
}

/**
 * Files that are finished: neither hidden nor of an unfinished name, not empty, and of the same size and time as at the poll
 * before. A table waits for the query beside it. Pure, so that no clock is asked: on network folders clocks disagree.
 *
 * @param before what the poll before found
 */
export function settledFiles(before: readonly FolderFile[], now: readonly FolderFile[]): FolderFile[] {
  const known = new Set(before.map(fileState));
  const isSettled = (file: FolderFile): boolean => file.size > 0 && !UNFINISHED.test(file.name) && known.has(fileState(file));
  const waiting = new Set(now.filter((file) => SIDECAR.test(file.name) && !isSettled(file)).map(({ name }) => name.toLowerCase()));
  return now.filter((file) => !SIDECAR.test(file.name) && isSettled(file) && !waiting.has(sidecarOf(file.name).toLowerCase()));
}

/** The name of the file that holds the query of a table. */
export function sidecarOf(name: string): string {
  return `${name.replace(/\.csv$/i, "")}.query.txt`;
}
