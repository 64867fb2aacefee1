import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { hashText } from "./hash-text";
import { KeySample, mergeSamples, sampleSchema } from "./key-sample";
import { defineProbe, ExampleList, graded, levelAbove, notComputable, shareOf } from "./probe";
import type { RecordView } from "./record-view";

const WARN = 5_000;
const FAIL = 100_000;
const MOST_IN_FILE = 1_024;
const LONG = 160; // characters of a text that are compared
const MOST_BODIES = 64; // under one coarse key
const MOST_KEYS = 512;
const MOST_IDS = 1_024;

const count = z.number().int();
/** repeats: within files. keys: [hash of the whole record, records, files it is in]. */
const summary = z.object({ n: count, native: count, repeats: count, ids: count, updated: count, estimated: z.boolean(), keys: sampleSchema });
type Summary = z.infer<typeof summary>;

/** Probe 10: whether records come more than once. */
export const duplicates = defineProbe<Summary>({
  id: "duplicates",
  label: "Duplicates",
  formula: "The share of records whose identity repeats: the source's own id (or its counter) with kind and time, else kind, host, time and the whole record less what its collectors add (ingest time, offset). An id that comes again with another kind or time is an update and is counted apart. Files that hold the same records repeat them too.",
  needs: "nothing; sharper with an id of the source",
  thresholds: [
    { level: "warn", text: "more than 0.5 %", why: "counts, thresholds and reach of volume are off" },
    { level: "fail", text: "more than 10 %", why: "a count-based rule fires for what happened once" },
  ],
  scope: "source",
  summary,
  open: () => {
    let [n, native] = [0, 0];
    const seen = new KeySample<Seen>(MOST_IN_FILE);
    const ids = new KeySample<{ record: number; updated: boolean }>(MOST_IDS);
    const examples = new ExampleList();
    return {
      record: (view) => {
        n += 1;
        const id = nativeId(view);
        if (id !== null) native += 1;
        const record = id === null ? hashText(coarsely(view)) : hashText(`${id}\n${view.kind}\n${view.time?.text ?? ""}`);
        if (seen.admits(record)) {
          // The whole record is read only where its coarse key is followed: that bounds the work, too.
          const body = id === null ? hashText(wholeRecord(view)) : 0;
          const before = seen.get(record);
          if (before === undefined) seen.set(record, { records: 1, bodies: [body], beyond: 0 });
          else {
            before.records += 1;
            if (before.bodies.includes(body)) examples.add(view);
            else if (before.bodies.length < MOST_BODIES) before.bodies.push(body);
            else before.beyond += 1;
          }
        }
        if (id === null) return;
        const key = hashText(id);
        if (!ids.admits(key)) return;
        const known = ids.get(key);
        if (known === undefined) ids.set(key, { record, updated: false });
        else if (known.record !== record) known.updated = true;
      },
      finish: () => {
        const kept = seen.entries();
        const records = kept.reduce((sum, [, one]) => sum + one.records, 0);
        const extra = records - kept.reduce((sum, [, { bodies, beyond }]) => sum + bodies.length + beyond, 0);
        const identities = ids.entries();
        return {
          summary: {
            n,
            native,
            repeats: seen.capped ? Math.round((extra / Math.max(1, records)) * n) : extra,
            ids: identities.length,
            updated: identities.filter(([, { updated }]) => updated).length,
            estimated: seen.capped,
            keys: { capped: seen.capped || kept.length > MOST_KEYS, keys: kept.slice(0, MOST_KEYS).map(([hash, one]) => [hash, one.records, 1]) },
          },
          examples: examples.places,
        };
      },
    };
  },
  merge: (a, b) => ({
    n: a.n + b.n,
    native: a.native + b.native,
    repeats: a.repeats + b.repeats,
    ids: a.ids + b.ids,
    updated: a.updated + b.updated,
    estimated: a.estimated || b.estimated,
    keys: mergeSamples(a.keys, b.keys, MOST_KEYS, ([timesA = 0, filesA = 0], [timesB = 0, filesB = 0]) => [timesA + timesB, filesA + filesB]),
  }),
  grade: ({ n, native, repeats, ids, updated, estimated, keys }) => {
    if (n === 0) return notComputable("there is no record");
    const sampled = keys.keys.reduce((sum, [, times = 0]) => sum + times, 0);
    const across = keys.keys.reduce((sum, [, , files = 1]) => sum + files - 1, 0);
    const between = keys.capped && sampled > 0 ? Math.round((across / sampled) * n) : across;
    const share = Math.min(1_000_000, shareOf(repeats + between, n));
    const about = estimated || (keys.capped && across > 0);
    return graded({
      level: levelAbove(share, WARN, FAIL),
      value: share,
      unit: "millionths",
      n,
      estimated: about,
      says: repeats + between === 0 ? `No record of ${formatCount(n)} comes twice.` : `${about ? "About " : ""}${counted(repeats + between, "record")} of ${formatCount(n)} came before${between > 0 ? `, ${formatCount(between)} of them in another file` : ""}.`,
      figures: [
        { label: "Records with an id of the source", value: shareOf(native, n), unit: "millionths", n },
        ...(ids === 0 ? [] : [{ label: "Ids that come again as something else (updates)", value: shareOf(updated, ids), unit: "millionths" as const, n: ids }]),
      ],
    });
  },
});

function nativeId({ facts, host }: RecordView): string | null {
  if (facts.id !== undefined) return facts.id;
  const { seq } = facts;
  return seq === undefined || seq.counts === "order" ? null : `${host}\n${seq.stream}\n${seq.number}`;
}

interface Seen {
  records: number;
  readonly bodies: number[]; // distinct ones: records that agree in the coarse key and not in the rest are no repeats
  beyond: number; // further ones that were not compared with each other
}

/** What collectors and platforms add to a record: two deliveries of one record differ in it. */
const ADDED = new Set(["ingested", "ingestTime", "ingest_time", "receiveTimestamp", "received_at", "EventReceivedTime", "_indextime", "_cd", "_bkt", "_serial", "_id", "_index", "_score", "sort", "offset", "@version", "unixTime", "calendarTime", "counter"]);

/** What repeats must agree in, cheap to read. */
function coarsely({ kind, host, time, fields }: RecordView): string {
  return `${kind}\n${host}\n${time?.text ?? ""}\n${fields["pid"] ?? ""}`;
}

/** Canonical fields hold no ingest time, and of the native ones what is added on the way is left out: a record delivered twice is equal. */
function wholeRecord({ fields, native }: RecordView): string {
  let text = "";
  for (const field in fields) text += `${cut(String(fields[field]))}\n`;
  return text + withoutAdded(native);
}

/** Long texts that differ, differ in their first characters or in their length, or other fields tell them apart. */
function cut(text: string): string {
  return text.length <= LONG ? text : `${text.slice(0, LONG)}${text.length}`;
}

/** As text; two levels deep by name, deeper parts as they are. */
function withoutAdded(value: unknown, depth = 2): string {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth === 0) return typeof value === "string" ? cut(value) : (JSON.stringify(value) ?? "");
  let text = "";
  for (const [key, item] of Object.entries(value)) if (!ADDED.has(key)) text += `${key}=${withoutAdded(item, depth - 1)}\n`;
  return text;
}
