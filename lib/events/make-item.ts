import { put, shortName, takeRedacted, type FieldBag } from "./fill-fields";
import { storableText } from "./frame/decode-text";
import type { TimeReading } from "./time/read-time";
import type { Item, RecordFacts, RefusedRecord } from "./types";

/** What a format says about one record; numbers and provenance are added here. */
export interface Mapped {
  readonly time: TimeReading;
  readonly host: string | null;
  readonly family: string;
  readonly key: string;
  readonly fields: FieldBag;
  /** The class of object that the record is about ("file", "registry-key", "unix-socket"), where one record kind serves several. Absent: the record does not say. */
  readonly objectClass?: string;
  readonly facts?: RecordFacts;
  /** What rules match against, when it is not the whole JSON object (an osquery row). */
  readonly native?: unknown;
}

const MOST_KEY = 200;
const MOST_HOST = 255;

/** Numbers the records of one file from 1, refused ones included, and adds the fields every record has: ts and host. */
export function itemMaker() {
  let number = 0;
  return {
    record(offset: number, length: number, mapped: Mapped, native: unknown, format?: string): Item {
      number += 1;
      const { time, fields } = mapped;
      const host = mapped.host === null ? "" : shortName(mapped.host, MOST_HOST);
      if ("time" in time) fields["ts"] = time.time.text;
      if (host !== "") put(fields, "host", host);
      const redacted = takeRedacted(fields);
      return {
        record: {
          number,
          offset,
          length,
          time: "time" in time ? time.time : null,
          ...("untimed" in time ? { untimed: time.untimed } : {}),
          host: fields["host"] === undefined ? null : host,
          kind: { family: mapped.family, key: shortName(mapped.key, MOST_KEY) },
          fields,
          ...(redacted.length === 0 ? {} : { redacted }),
          ...(mapped.objectClass === undefined ? {} : { objectClass: mapped.objectClass }),
          ...(mapped.facts === undefined ? {} : { facts: mapped.facts }),
          native: mapped.native ?? native,
          ...(format === undefined ? {} : { format }),
        },
      };
    },
    skipped(offset: number, length: number, reason: string): Item {
      return { skipped: { offset, length, reason } };
    },
    refused(refusal: Omit<RefusedRecord, "number">): Item {
      number += 1;
      return { refused: { number, offset: refusal.offset, length: refusal.length, reason: refusal.reason, message: refusal.message, example: storableText(refusal.example) } };
    },
  };
}
