import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { cellJsonSchema, type CellJson } from "@/lib/assessment/cell-json";
import { analytic, bundleText, component, soundObjects, strategy } from "@/lib/catalog/testing/small-bundle";
import { verbRunner } from "../testing/run-verb";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { testRowSchema } from "@/lib/detection/tests/test-row";
import { readKeptJson } from "@/lib/operations/evidence/read-kept-json";
import { prepareAssessment } from "@/lib/operations/prepare-assessment";
import { prepareTuningPreview, tuningPreviewSchema } from "@/lib/operations/preview-tuning";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { saveTuning } from "@/lib/operations/save-tuning";
import { verifyAuditChain } from "@/lib/operations/verify-audit-chain";

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

/** Without the verb, which loads the packs of the installation first. */
async function assess(at?: string): Promise<CellJson> {
  await runJobInline(t.ctx, await prepareAssessment(t.ctx, at === undefined ? {} : { at }));
  const [cell] = z.array(cellJsonSchema).parse((await verb("cells", "--segment", "Macs", "--analytic", "AN2", "--json")).json);
  if (cell === undefined) throw new Error("no cell");
  return cell;
}
const tune = (what: "set" | "withdraw", ...words: string[]) => verb("tuning", what, "--segment", "Macs", "--analytic", "AN2", "--name", "archiver", "--reason", "what is used here", ...(what === "set" ? ["--owner", "Ada"] : []), ...words, "--json");
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
    expect(added).toMatchObject({ failed: false, notes: [expect.stringContaining("does not pass yet")] });
    expect(await assess()).toMatchObject({ status: "observed", validation: { state: "failed", code: "no-rule" } });

    await verb("links", "add", "--analytic", "AN2", "--rule", RULE);
    const [due] = z.array(testRowSchema).parse((await verb("tests", "list", "--json")).json);
    expect(due).toMatchObject({ due: true });
    const [refused] = await run();
    expect(refused?.run).toMatchObject({ passed: false, code: "rules-refused", detail: { refused: [{ message: expect.stringContaining("%archiver%") }] } });
  });

  test("with this segment's value the rule matches the attack and not the benign sample: validated in the engine, since and until told", async () => {
    const preview = (await tune("set", "--value", "zip", "--expires", "2026-02-20", "--dry-run")).json;
    expect(preview).toMatchObject({ saved: false, effect: { truePositivesGained: 1, truePositivesLost: 0, benignHitsGained: 0, rules: 1, samples: [{ label: "attack", from: "test", before: 0, after: 1 }, { label: "benign", before: 0, after: 0 }] } });
    expect(await t.db.ruleTuning.count()).toBe(0);
    expect((await tune("set", "--value", "zip", "--expires", "2026-02-20")).json).toMatchObject({ saved: true, version: 1 });
    const cell = await assess();
    expect(cell).toMatchObject({ status: "validated", matchedIn: "engine", validation: { state: "valid", tests: 1, passing: 1, until: expect.any(Number) } });
    const [row] = z.array(testRowSchema).parse((await verb("tests", "list", "--analytic", "AN2", "--json")).json);
    expect(row).toMatchObject({ due: false, run: { passed: true, detail: { hostsStated: false, values: [{ name: "archiver", values: ["zip"], from: "analytic", version: 1 }], positive: { own: 2, hosts: ["mac-1"], hits: [{ author: "Ada", count: 1, events: [2] }] }, negative: { hits: [] } } } });
    expect((await t.db.eventAggregate.aggregate({ _sum: { count: true } }))._sum.count).toBe(3); // the samples are no observations
  });

  test("the evidence package names the samples, rules and values of the test, and is scored again to the same bytes", async () => {
    const path = at("e.zip");
    await verb("evidence", "export", "--out", path);
    expect((await verb("evidence", "verify", path, "--recompute")).text).toContain("results identical when scored again");
    const { inputDigest } = await t.db.assessment.findFirstOrThrow({ orderBy: { id: "desc" } });
    const { tests } = readScoringInput(await readKeptJson(t.files, inputDigest), "test");
    const [row] = z.array(testRowSchema).parse((await verb("tests", "list", "--json")).json);
    expect(tests).toEqual([expect.objectContaining({ passed: true, positive: expect.objectContaining({ digest: row?.positive.digest }), rules: [expect.objectContaining({ digest: expect.stringMatching(/^[0-9a-f]{64}$/) })], values: [expect.objectContaining({ name: "archiver", values: ["zip"] })], run: row?.run?.inputDigest })]);
  });

  test("a value that loses the attack is shown, is not saved unless that is accepted, and then withdraws validation with its date", async () => {
    const lost = await tune("set", "--value", "rar");
    expect(lost).toMatchObject({ failed: true, json: { saved: false, effect: { truePositivesLost: 1, samplesLost: 1 } } });
    expect((await assess()).status).toBe("validated");
    const before = now.getTime();
    // The test is withdrawn as soon as the value is saved, not at the next assessment.
    expect((await tune("set", "--value", "rar", "--accept-effect")).json).toMatchObject({ saved: true, version: 2, tests: [{ analytic: "AN2", segment: "Macs", passed: false, withdrawn: true }] });
    const cell = await assess();
    expect(cell).toMatchObject({ status: "observed", validation: { state: "withdrawn", code: "not-matched", passing: 0, text: expect.stringMatching(/withdrawn on 2026-02-03.*Nearest: Archive with a password.*Image\|endswith/s) } });
    expect(cell.validation?.at).toBeGreaterThan(before);
    // A pipeline hears of the fall; an assessment of another domain in between hides nothing.
    const fallen = { failed: true, json: { passed: false, checks: [{ check: "no-regression", reasons: ["AN2 in Macs: validated before, observed now."] }] } };
    expect(await verb("gate", "--no-regression", "--json")).toMatchObject(fallen);
    const [, earlier] = await t.db.assessment.findMany({ orderBy: { id: "desc" }, take: 2 });
    await t.db.assessment.update({ where: { id: earlier?.id ?? 0 }, data: { domains: ["ics"] } });
    expect(await verb("gate", "--no-regression", "--segment", "Macs", "--json")).toMatchObject(fallen);
    expect((await verb("gate", "--no-regression", "--segment", "Other", "--json")).json).toMatchObject({ passed: true });
    await t.db.assessment.update({ where: { id: earlier?.id ?? 0 }, data: { domains: ["enterprise"] } });
    expect(await verb("gate", "--min-observed", "0.99", "--json")).toMatchObject({ failed: true, json: { checks: [{ check: "min-observed", passed: false, reasons: [expect.stringMatching(/policy version 1: .* cells\) is below 99/)] }] } });
    expect((await verb("tuning", "list", "--json")).json).toMatchObject([{ version: 2, inForce: true, values: ["rar"], effect: { truePositivesLost: 1 } }, { version: 1, inForce: false }]);
    // Looking again changes neither date nor reason.
    expect((await assess()).validation?.at).toBe(cell.validation?.at);
  });

  test("what was shown is what is saved: not after the rules have changed meanwhile", async () => {
    const preview = tuningPreviewSchema.parse(await runJobInline(t.ctx, await prepareTuningPreview(t.ctx, { segment: "Macs", analytic: "AN2", name: "%archiver%", values: ["zip"], owner: "Ada", reason: "it is zip here" })));
    await tune("set", "--value", "zip", "--expires", "2026-02-20", "--accept-effect");
    await expect(saveTuning(t.ctx, preview.preview)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("have changed since") });
    expect((await assess()).status).toBe("validated");
  });

  test("a value past its last day gives way to the default, and the test that rested on it is withdrawn", async () => {
    now = new Date("2026-02-21T09:00:00Z");
    expect(await assess()).toMatchObject({ status: "observed", validation: { state: "withdrawn", code: "rules-refused" } });
    expect((await verb("tuning", "list", "--json")).json).toMatchObject([{ version: 3, inForce: false, expired: true }, {}, {}]);
    // An assessment of before stays as things were then: nothing is run again for it.
    expect(await assess("2026-02-03T23:00:00Z")).toMatchObject({ status: "validated" });
  });

  test("an alert of the rule, host and time validates by the SIEM where Sightline's engine did not match", async () => {
    const { id } = await t.db.rule.findFirstOrThrow({ where: { sigmaId: RULE } });
    const raise = (alertId: string, at: string) => t.db.siemAlert.create({ data: { system: "splunk", alertId, ruleName: "Archive", ruleId: id, host: "mac-1", hostKey: "mac-1", at: new Date(at), importId: "1", fileName: "alerts.csv" } });
    await raise("1", "2026-02-03T10:21:30Z");
    await raise("2", "2026-02-03T10:45:00Z");
    expect(await assess()).toMatchObject({ status: "observed", validation: { code: "benign-matched" } }); // the second is about the benign sample
    await t.db.siemAlert.deleteMany({ where: { alertId: "2" } });
    expect(await assess()).toMatchObject({ status: "validated", matchedIn: "siem" });
  });

  test("a sample whose kept file is gone withdraws it; a removed test says nothing any more", async () => {
    const [row] = z.array(testRowSchema).parse((await verb("tests", "list", "--json")).json);
    const digest = row?.positive.digest ?? "";
    rmSync(join(t.dataDir, "files", digest.slice(0, 2), `${digest.slice(2)}.gz`));
    expect(await assess()).toMatchObject({ status: "observed", validation: { state: "withdrawn", code: "sample-gone" } });
    await verb("tests", "remove", row?.id ?? "");
    const cell = await assess();
    expect(cell.status).toBe("observed");
    expect(cell.validation).toBeUndefined();
    expect((await verb("tests", "list", "--removed", "--json")).json).toMatchObject([{ removed: { by: "local:test" } }]);
    expect((await verifyAuditChain(t.ctx)).broken).toBeNull();
  });
});
