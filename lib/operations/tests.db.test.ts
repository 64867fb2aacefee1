import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { cellJsonSchema, type CellJson } from "@/lib/assessment/cell-json";
import { analytic, bundleText, component, soundObjects, strategy } from "@/lib/catalog/testing/small-bundle";
import { verbRunner } from "@/lib/cli/testing/run-verb";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { testRowSchema } from "@/lib/detection/tests/test-row";

let t: TestDatabase;
let folder: string;
let now = new Date("2026-02-03T12:00:00Z");
const verb = verbRunner(() => t.ctx);

const RULE = "11111111-2222-4333-8444-555555555555";

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** A process start of Apple's eslogger, as one line. */
function exec(minute: number, tool: string, words: readonly string[]): string {
  const process = { executable: { path: "/bin/zsh" }, audit_token: { pid: 7, pidversion: 1, euid: 501 }, ppid: 1 };
  const target = { ...process, executable: { path: tool } };
  return JSON.stringify({ schema_version: 1, version: 9, event_type: 9, action_type: 1, time: `2026-02-03T10:${String(minute).padStart(2, "0")}:00.000Z`, seq_num: minute, global_seq_num: minute, process, event: { exec: { target, args: [tool, ...words], env: [], cwd: { path: "/" } } } });
}

const ruleText = (id: string, detection: string) => `title: Archive with a password ${id.slice(-4)}\nid: ${id}\nauthor: Ada\nlogsource: { product: macos, category: process_creation }\ndetection:\n${detection}\n  condition: selection\n`;
const ARCHIVER = ruleText(RULE, "  selection:\n    Image|endswith: '/%archiver%'\n    CommandLine|contains: ' -p'").replace("Image|endswith", "Image|endswith|expand");

async function assess(): Promise<CellJson> {
  await verb("assess");
  const [cell] = z.array(cellJsonSchema).parse((await verb("cells", "--segment", "Macs", "--analytic", "AN2", "--json")).json);
  if (cell === undefined) throw new Error("no cell");
  return cell;
}
const run = async (...words: string[]) => z.array(testRowSchema).parse((await verb("tests", "run", ...words, "--json")).json);

beforeAll(async () => {
  t = await startTestDatabase(() => (now = new Date(now.getTime() + 1000)));
  folder = mkdtempSync(join(tmpdir(), "sightline-tests-"));
  const objects = [
    ...soundObjects().filter(({ type }) => type !== "x-mitre-detection-strategy"),
    strategy("DET1", ["AN1", "AN2"]),
    component("DC0032", [["macos:endpointsecurity", "exec"]], { name: "Process Creation" }),
    analytic("AN2", "DET1", [["DC0032", "macos:endpointsecurity", "exec"]]),
  ];
  await verb("catalog", "import", write("bundle.json", bundleText(objects)), "--release", "19.1");
  await verb("segments", "import", write("segments.csv", "name,platforms,assets,criticality\nMacs,macOS=1,1,4\nOther,macOS=1,1,2\n"));
  await verb("segments", "hosts", "import", write("roster.csv", "host,platform\nmac-1,macOS\n"), "--segment", "Macs");
  await verb("events", "import", write("usual.ndjson", [1, 2, 3].map((minute) => exec(minute, "/bin/ls", ["-l"])).join("\n")), "--segment", "Macs", "--host", "mac-1");
  await verb("rules", "import", write("archiver.yml", ARCHIVER), "--source", "own");
  write("attack.ndjson", [exec(20, "/bin/ls", ["-l"]), exec(21, "/usr/bin/zip", ["-pSecret", "out.zip", "in"])].join("\n"));
  write("benign.ndjson", [exec(30, "/usr/bin/zip", ["out.zip", "in"]), exec(31, "/bin/ls", [])].join("\n"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await t?.stop();
});

const at = (name: string): string => join(folder, name);
const pair = (positive: string, negative: string, ...more: string[]) => verb("tests", "add", "--analytic", "an2", "--segment", "Macs", "--positive", at(positive), "--negative", at(negative), ...more, "--json");
const add = (...more: string[]) => pair("attack.ndjson", "benign.ndjson", "--host", "MAC-1.example.test", ...more);

describe("a test of an analytic in a segment", () => {
  test("is refused for lab and public samples, hosts of elsewhere, two equal samples and unknown names; nothing is left", async () => {
    await expect(add("--origin", "lab")).rejects.toMatchObject({ code: "INVALID", place: { field: "origin" }, message: expect.stringContaining("never shows what happens in Macs") });
    await expect(pair("attack.ndjson", "benign.ndjson", "--host", "lab-7")).rejects.toMatchObject({ message: expect.stringContaining("lab-7"), place: { file: "attack.ndjson", field: "host" } });
    await expect(pair("attack.ndjson", "attack.ndjson", "--host", "mac-1")).rejects.toMatchObject({ place: { field: "negative" } });
    await expect(verb("tests", "add", "--analytic", "AN99", "--segment", "Macs", "--positive", at("attack.ndjson"), "--negative", at("benign.ndjson"))).rejects.toMatchObject({ place: { field: "analytic" } });
    await verb("events", "import", at("attack.ndjson"), "--segment", "Other", "--origin", "public", "--json");
    await expect(add()).rejects.toMatchObject({ message: expect.stringContaining("imported as public data") });
    const [dataset] = await t.db.dataset.findMany({ where: { origin: "public" } });
    await verb("events", "remove", dataset?.id ?? "");
    expect(await t.db.detectionTest.count()).toBe(0);
  });

  test("does not pass without a linked rule; then passes, and validates the cell at the next assessment", async () => {
    expect(await assess()).toMatchObject({ status: "observed" });
    const added = await add();
    expect(testRowSchema.parse(added.json)).toMatchObject({ analytic: "AN2", segment: "Macs", run: { passed: false, code: "no-rule" }, due: false, withdrawn: false });
    expect(added.failed).toBe(true);
    expect(await assess()).toMatchObject({ status: "observed", validation: { state: "failed", code: "no-rule" } });

    await verb("links", "add", "--analytic", "AN2", "--rule", RULE);
    const [due] = z.array(testRowSchema).parse((await verb("tests", "list", "--json")).json);
    expect(due).toMatchObject({ due: true });
    const [refused] = await run();
    expect(refused?.run).toMatchObject({ passed: false, code: "rules-refused", detail: { refused: [{ message: expect.stringContaining("%archiver%") }] } });
  });
});
