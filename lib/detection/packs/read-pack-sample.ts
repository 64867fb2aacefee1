import { formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import type { Item, ParsedRecord } from "@/lib/events/types";
import type { Pack, PackSample } from "./pack-schema";

/** The records of one sample file, numbered from 1, and what of it could not be read. */
export interface ReadSample {
  readonly records: readonly ParsedRecord[];
  readonly refused: readonly string[]; // one sentence per record
}

/** Reads a sample of a pack as an import would; records that name no host are those of the sample's. */
export function readPackSample(pack: Pick<Pack, "samples">, sample: PackSample): ReadSample {
  const format = formatById(sample.format);
  const bytes = pack.samples.get(sample.file);
  if (format === undefined || bytes === undefined) return { records: [], refused: [`${sample.file} is not there, or its format is not known.`] };
  const reader = openReader(format, DEFAULT_LIMITS);
  const items: Item[] = [...reader.push(bytes), ...reader.end()];
  return {
    records: items.flatMap((item) => ("record" in item ? [item.record.host === null && sample.host !== undefined ? withHost(item.record, sample.host) : item.record] : [])),
    refused: items.flatMap((item) => ("refused" in item ? [`${sample.file}, record ${item.refused.number}: ${item.refused.message}`] : [])),
  };
}

function withHost(record: ParsedRecord, host: string): ParsedRecord {
  return { ...record, host, fields: { ...record.fields, host } };
}
