import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@/lib/db/project-root";
import { CSV, FORMATS } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { buildEvtx } from "@/lib/events/testing/build-evtx";
import type { EventFormat } from "@/lib/events/types";

/*
 * Reading alone (framing, wrappers, mapping; no aggregates), format by format: the fixture with names varied, 10 MB of it,
 * against JSON.parse of the same bytes where they are JSON, else against splitting them into lines.
 */
const FIXTURES = join(projectRoot(), "lib/events/formats/__fixtures__");
const WANTED_BYTES = 10e6;
const CHUNK = 256 * 1024;

function corpusOf(id: string): Buffer {
  if (id === "evtx") {
    const [header, chunk] = [4096, 65_536];
    const records = Array.from({ length: 50 }, (_, i) => ({ Provider: "Microsoft-Windows-Sysmon", EventID: "1", Channel: "Microsoft-Windows-Sysmon/Operational", Computer: `ws-${i}`, SystemTime: "2026-02-03T09:15:30.912Z", UtcTime: "2026-02-03 09:15:30.901", Image: `C:\\a${i}.exe`, CommandLine: `a ${i}` }));
    const file = buildEvtx(records);
    return Buffer.concat([file.subarray(0, header), ...Array.from({ length: 30 }, () => file.subarray(header, header + chunk))]);
  }
  const zeek = "ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,conn_state\n";
  const name = readdirSync(FIXTURES).find((file) => file.startsWith(`${id}.`));
  const text = id === "csv" ? "1770112800.1,CHx1,10.0.0.1,4000,198.51.100.7,443,tcp,SF\n" : readFileSync(join(FIXTURES, name ?? ""), "utf8");
  const parts: string[] = id === "csv" ? [zeek] : [];
  for (let bytes = 0, i = 0; bytes < WANTED_BYTES; i += 1) {
    const varied = text.replaceAll(/\bana\b/g, `user${i % 1000}`).replaceAll(/\b(ws-07|web-03|mac-014)\b/g, `host-${i % 300}`);
    parts.push(varied.endsWith("\n") ? varied : `${varied}\n`);
    bytes += varied.length;
  }
  return Buffer.from(parts.join(""));
}

function readOnce(format: EventFormat, corpus: Buffer): { records: number; refused: number; seconds: number } {
  const began = performance.now();
  const reader = openReader(format, { ...DEFAULT_LIMITS, reference: Date.UTC(2026, 6, 1) });
  let [records, refused] = [0, 0];
  const count = (items: ReturnType<typeof reader.push>) => {
    for (const item of items) {
      if ("record" in item) records += 1;
      else if ("refused" in item) refused += 1;
    }
  };
  for (let at = 0; at < corpus.length; at += CHUNK) count(reader.push(corpus.subarray(at, at + CHUNK)));
  count(reader.end());
  return { records, refused, seconds: (performance.now() - began) / 1000 };
}

/** What no reader of such bytes can beat: parsing every line as JSON, or finding the lines. */
function bound(corpus: Buffer): { name: string; seconds: number } {
  const lines = corpus.toString("utf8").split("\n").filter((line) => line !== "");
  try {
    const began = performance.now();
    for (const line of lines) JSON.parse(line);
    return { name: "JSON.parse", seconds: (performance.now() - began) / 1000 };
  } catch {
    const began = performance.now();
    for (const line of corpus.toString("utf8").split("\n")) if (line.length === -1) throw new Error("never");
    return { name: "split", seconds: (performance.now() - began) / 1000 };
  }
}

for (const format of [...FORMATS, CSV]) {
  const corpus = corpusOf(format.id);
  const { records, refused, seconds } = readOnce(format, corpus);
  const limit = bound(corpus);
  const megabytes = corpus.length / 1e6;
  const note = refused > 0 ? `, ${refused} REFUSED` : "";
  console.log(`events: ${format.id.padEnd(22)} ${(megabytes / seconds).toFixed(1).padStart(6)} MB/s ${String(Math.round(records / seconds)).padStart(8)} records/s  ${((limit.seconds / seconds) * 100).toFixed(0).padStart(4)} % of ${limit.name}${note}`);
}
