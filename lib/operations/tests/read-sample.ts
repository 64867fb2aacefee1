import { detectFormat, headOf, HEAD_BYTES } from "@/lib/events/detect-format";
import { formatById } from "@/lib/events/formats/index";
import { DEFAULT_LIMITS, readEvents } from "@/lib/events/read-events";
import type { ReadLimits } from "@/lib/events/types";
import { foldHost } from "@/lib/shared/host-name";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";

/** A kept file of events and how it is read. */
export interface SampleSource {
  readonly digest: string;
  readonly name: string;
  readonly format: string | null;
  readonly host: string | null;
  readonly zone: string; // of times that name none
  readonly reference: number; // ms: no record is much later
}

/** Whose records a sample holds, and when they happened. */
export interface ReadSample {
  readonly format: string;
  readonly limits: ReadLimits;
  readonly records: number;
  readonly hostOf: ReadonlyMap<number, string>; // record number -> folded host, "" = none known
  readonly timeOf: ReadonlyMap<number, number>; // ms; untimed records are not there
}

/**
 * Reads a sample once, for its hosts and times.
 *
 * @throws SightlineError NOT_FOUND or CONFLICT when the kept file is gone or damaged, INVALID or UNSUPPORTED for its content
 */
export async function readSample(ctx: Pick<OperationContext, "files">, { digest, name, format: asked, host, zone, reference }: SampleSource): Promise<ReadSample> {
  const format = asked === null ? await recognise(ctx, digest, name) : formatById(asked);
  if (format === undefined) throw new SightlineError("INVALID", `"${asked ?? ""}" is not an event format.`, { file: name, field: "format" });
  const limits: ReadLimits = { ...DEFAULT_LIMITS, zone, reference };
  const hostOf = new Map<number, string>();
  const timeOf = new Map<number, number>();
  await readEvents(ctx.files.open(digest), { format, limits, host, hostFrom: null, filePath: name }, [
    {
      id: "sample",
      version: 1,
      record: (record, whose) => {
        hostOf.set(record.number, foldHost(whose));
        if (record.time !== null) timeOf.set(record.number, record.time.ms);
      },
      finish: () => null,
    },
  ]);
  return { format: format.id, limits, records: hostOf.size, hostOf, timeOf };
}

async function recognise(ctx: Pick<OperationContext, "files">, digest: string, name: string) {
  const found = detectFormat(headOf(await ctx.files.openAt(digest, 0, HEAD_BYTES + 1)));
  if (found.kind === "format") return formatById(found.format);
  if (found.kind === "unknown") throw new SightlineError("UNSUPPORTED", found.message, { file: name, remedy: found.remedy });
  throw new SightlineError("INVALID", `The content could be ${found.candidates.map(({ format }) => format).join(" or ")}.`, { file: name, remedy: "Name the format." });
}
