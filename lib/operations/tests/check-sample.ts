import { listDatasetViews } from "@/lib/events/store";
import { formatBytes } from "@/lib/shared/format-number";
import { SightlineError } from "@/lib/shared/errors";
import type { JobRun } from "../job-handlers";
import { unpackUpload, type UnpackedFile } from "../events/unpack-upload";
import { readSample, type ReadSample, type SampleSource } from "./read-sample";

const MOST_BYTES = 64 * 1024 * 1024;

/** The single file of events in an upload, kept by the digest of its unpacked content. @throws SightlineError INVALID, TOO_LARGE */
export async function unpackSample(run: Pick<JobRun, "ctx" | "signal" | "progress">, upload: UnpackedFile): Promise<UnpackedFile> {
  const { contents } = await unpackUpload(run, run.ctx.files, upload);
  const [file, ...more] = contents;
  if (file === undefined || more.length > 0) throw new SightlineError("INVALID", file === undefined ? "The archive holds no file." : `The archive holds ${contents.length} files; a sample is one.`, { file: upload.name });
  if (file.bytes > MOST_BYTES) throw new SightlineError("TOO_LARGE", `A sample of a test has at most ${formatBytes(MOST_BYTES)}, and this one ${formatBytes(file.bytes)}.`, { file: upload.name, remedy: "Cut it to the attack and the minutes around it." });
  return file;
}

/**
 * Reads a sample and refuses one that can prove nothing here: no record, known as lab or public data, or (the attack sample)
 * without a record of a host on the segment's roster.
 *
 * @param roster folded names; null: the segment has none, or it does not matter
 */
export async function checkSample(run: Pick<JobRun, "ctx">, sample: SampleSource, roster: ReadonlySet<string> | null): Promise<ReadSample> {
  const foreign = (await listDatasetViews(run.ctx.db, "all")).find(({ contentDigest, origin }) => contentDigest === sample.digest && (origin === "lab" || origin === "public"));
  if (foreign !== undefined) throw new SightlineError("INVALID", `The same content was imported as ${foreign.origin} data (${foreign.fileName}), and that never proves what happens in a segment.`, { file: sample.name, remedy: "Attach records of a host of the segment, from production or from an exercise there." });
  const read = await readSample(run.ctx, sample);
  if (read.records === 0) throw new SightlineError("INVALID", "The sample holds no record.", { file: sample.name });
  const hosts = [...new Set(read.hostOf.values())].filter((host) => host !== "").sort();
  if (roster !== null && !hosts.some((host) => roster.has(host))) {
    const named = hosts.length === 0 ? "Its records name no host" : `Its records are of ${hosts.slice(0, 5).join(", ")}${hosts.length > 5 ? ", ..." : ""}`;
    throw new SightlineError("INVALID", `${named}, and the roster of the segment lists none of them: an attack sample must come from a host of the segment.`, { file: sample.name, field: "host", remedy: "Attach one from such a host, say --host where the records name none, or add the host to the roster." });
  }
  return read;
}
