import { detectFormat, headOf } from "@/lib/events/detect-format";
import { formatById } from "@/lib/events/formats/index";
import { DEFAULT_LIMITS, readEvents } from "@/lib/events/read-events";
import type { ParsedRecord } from "@/lib/events/types";
import type { EventContent } from "../detection/evaluation";

/** Records of a small content by their numbers, with their hosts; nothing where no format knows it. */
export async function readContentRecords(content: EventContent, numbers: readonly number[]): Promise<{ readonly record: ParsedRecord; readonly host: string }[]> {
  const { name, host = null, zone = "UTC", reference } = content;
  const format = formatById(content.format ?? (await recognise(content)) ?? "");
  const wanted = new Set(numbers);
  if (format === undefined || wanted.size === 0) return [];
  const found: { record: ParsedRecord; host: string }[] = [];
  await readEvents(content.open(), { format, limits: { ...DEFAULT_LIMITS, zone, ...(reference === undefined ? {} : { reference }) }, host, hostFrom: null, filePath: name }, [
    {
      id: "bench-records",
      version: 1,
      record: (record, whose) => {
        if (wanted.has(record.number)) found.push({ record, host: whose });
      },
      finish: () => null,
    },
  ]);
  return found;
}

async function recognise(content: EventContent): Promise<string | null> {
  const parts: Uint8Array[] = [];
  for await (const part of content.open()) parts.push(part);
  const found = detectFormat(headOf(Buffer.concat(parts)));
  return found.kind === "format" ? found.format : null;
}
