import { describe, expect, it } from "vitest";
import { expandPattern } from "@/lib/shared/expand-pattern";
import { parseDuration } from "@/lib/shared/template-time";
import { readDemoContent } from "./read-demo-content";
import { renderDemoSample } from "./render-demo-sample";

const T0 = Date.UTC(2027, 4, 3, 12, 0, 0);
const content = await readDemoContent();
const samples = content.replay.steps.flatMap((step) => step.samples.map((sample) => ({ ...sample, at: T0 + parseDuration(step.at) })));
const render = async (file: string, t0 = T0): Promise<string> => {
  const sample = samples.find((one) => one.file === file);
  if (!sample) throw new Error(`no sample ${file}`);
  let text = "";
  for await (const chunk of renderDemoSample(content, sample, t0)) text += Buffer.from(chunk).toString("utf8");
  return text;
};
const texts = new Map(await Promise.all(samples.map(async (sample) => [sample.file, await render(sample.file)] as const)));
const lines = (file: string) => (texts.get(file) ?? "").trimEnd().split("\n");
/** Every instant that a text writes in one of the formats of the templates, in ms. */
const instants = (text: string): number[] => [
  ...[...text.matchAll(/(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{3})\d*)?(Z|[+-]\d{4})?/g)].map((m) => Date.parse(`${m[1]}T${m[2]}.${m[3] ?? "000"}${m[4] && m[4] !== "Z" ? `${m[4].slice(0, 3)}:${m[4].slice(3)}` : "Z"}`)),
  ...[...text.matchAll(/(?:audit\(|"ts":|"unixTime":|"time":"|^)(1[789]\d{8})(?:\.(\d{3})\d*)?/gm)].map((m) => Number(m[1]) * 1000 + Number(m[2] ?? 0)),
];

describe("the demonstration's samples", () => {
  it("hold between 20,000 and 80,000 records in all", () => {
    let records = 0;
    for (const sample of samples) records += sample.plan.reduce((sum, plan) => sum + plan.units * plan.times, 0);
    const written = samples.reduce((sum, { file }) => sum + (file.endsWith(".log") && file.startsWith("linux") ? new Set(lines(file).map((line) => /:(\d+)\): /.exec(line)?.[1] + line.slice(0, 14))).size : lines(file).length), 0);
    expect(written).toBeGreaterThan(20_000);
    expect(written).toBeLessThan(80_000);
    expect(records).toBeGreaterThan(10_000);
  });

  it.each(samples.filter((s) => s.framing === "lines" && !s.broken && s.template !== "linux-auditd").map((s) => s.file))("%s is one JSON object a line", (file) => {
    for (const line of lines(file)) expect(JSON.parse(line), line).toBeTypeOf("object");
  });

  it.each(samples.filter((s) => s.framing === "records").map((s) => s.file))("%s is one CloudTrail document whose event ids are all different", (file) => {
    const document: { Records: { eventID: string; recipientAccountId: string; requestParameters: unknown }[] } = JSON.parse(texts.get(file) ?? "");
    expect(new Set(document.Records.map((record) => record.eventID)).size).toBe(document.Records.length);
    expect(document.Records.every((record) => /^1111222233\d\d$/.test(record.recipientAccountId))).toBe(true);
  });

  it.each(samples.filter((s) => s.template === "linux-auditd").map((s) => s.file))("%s joins by node and serial, one SYSCALL or user record each", (file) => {
    const heads = new Set<string>();
    for (const line of lines(file)) {
      const match = /^node=(\S+) type=([A-Z_]+) msg=audit\((\d+\.\d{3}):(\d+)\): /.exec(line);
      expect(match, line).not.toBeNull();
      const id = `${match?.[1]}:${match?.[4]}`;
      if (["SYSCALL", "USER_LOGIN", "USER_AUTH", "USER_START", "ADD_USER", "SERVICE_START"].includes(match?.[2] ?? "")) {
        expect(heads.has(id), `${id} twice`).toBe(false);
        heads.add(id);
      } else expect(heads.has(id), `${id} has no head`).toBe(true);
    }
    expect(heads.size).toBeGreaterThan(1000);
  });

  it("Zeek's table has as many values as names in each row", () => {
    const rows = lines("branch-conn.log");
    const fields = rows.find((row) => row.startsWith("#fields\t"))?.split("\t").slice(1) ?? [];
    const types = rows.find((row) => row.startsWith("#types\t"))?.split("\t").slice(1) ?? [];
    expect(types).toHaveLength(fields.length);
    for (const row of rows.filter((one) => !one.startsWith("#"))) expect(row.split("\t")).toHaveLength(fields.length);
  });

  it("breaks a few records of one file on purpose, and no others", () => {
    const bad = lines("contractors-endpoint.ndjson").filter((line) => {
      try {
        JSON.parse(line);
        return false;
      } catch {
        return true;
      }
    });
    expect(bad).toHaveLength(3);
  });

  it.each(samples.map((s) => s.file))("%s is older than the moment it is imported at, and moves with T0", async (file) => {
    const sample = samples.find((one) => one.file === file);
    const shift = 40 * 86_400_000;
    const times = instants((texts.get(file) ?? "").split("\n").filter((line) => !line.includes("2026-01-01T")).join("\n"));
    expect(times.length).toBeGreaterThan(10);
    expect(Math.max(...times.slice(0, 5000))).toBeLessThanOrEqual(sample?.at ?? 0);
    const later = instants((await render(file, T0 + shift)).split("\n").filter((line) => !line.includes("2026-01-01T")).join("\n"));
    expect(later.slice(0, 500)).toEqual(times.slice(0, 500).map((ms) => ms + shift));
  });

  it.each(samples.filter((s) => s.template === "windows-sysmon").map((s) => s.file))("%s numbers its records without repetition on each machine and keeps parents with their children", (file) => {
    const seen = new Set<string>();
    const processes = new Map<string, string>();
    for (const line of lines(file)) {
      const record: { winlog: { event_id: string; record_id: string; computer_name: string; event_data: Record<string, string> } } = JSON.parse(line);
      const id = `${record.winlog.computer_name}/${record.winlog.record_id}`;
      expect(seen.has(id)).toBe(false);
      seen.add(id);
      const data = record.winlog.event_data;
      if (record.winlog.event_id === "1") processes.set(data["ProcessGuid"] ?? "", data["Image"] ?? "");
      if (data["ParentImage"]?.includes("Example Office")) expect(processes.get(data["ParentProcessGuid"] ?? "")).toBe(data["ParentImage"]);
      if (record.winlog.event_id === "5") expect(processes.get(data["ProcessGuid"] ?? "")).toBe(data["Image"]);
    }
  });

  it("names addresses and domains that belong to nobody", () => {
    const all = [...texts.values()].join("\n");
    for (const [address] of all.matchAll(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g)) {
      expect(address).toMatch(/^(10\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|16\.2\.0\.0|10\.0\.0\.1|\d+\.0\.\d+\.\d+)/);
    }
    for (const [, host] of all.matchAll(/https?:\/\/([a-z0-9.-]+)/g)) expect(host).toMatch(/example\.(com|net|org)$|^console\.aws\.amazon\.com$/);
  });

  it("come from hosts of the roster, but for the few that are foreign on purpose", () => {
    const rosters = new Map(content.fleet.rosters.map((roster) => [roster.segment, new Set(roster.hosts.flatMap(expandPattern))]));
    const foreign = samples.flatMap((sample) => sample.hosts.flatMap(expandPattern).filter((host) => rosters.has(sample.segment) && !rosters.get(sample.segment)?.has(host)));
    expect([...new Set(foreign)]).toEqual(["ws-lab-01", "ws-lab-02", "ws-lab-03", "mac-lab-01", "mac-lab-02"]);
  });

  it("rosters hold as many hosts as the segment says", () => {
    for (const roster of content.fleet.rosters) {
      const segment = content.fleet.segments.find((one) => one.name === roster.segment);
      expect(new Set(roster.hosts.flatMap(expandPattern)).size, roster.segment).toBe(segment?.assets);
    }
  });
});
