import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runningServer } from "@/lib/db/embedded/run-server";
import { openDatabase } from "@/lib/db/open-database";
import { createFileStore } from "@/lib/files/file-store";
import type { OperationContext } from "@/lib/operations/context";
import { waitUntil } from "@/lib/db/testing/job-process";
import { projectRoot } from "@/lib/db/project-root";
import { createCliIo } from "../cli-io";
import { runCommandLine } from "../main";
import { runProcess } from "../testing/run-process";

/** The verb as a process of its own: killed while it watches, started again, stopped by SIGTERM. */
let data: string;
let folder: string;
let env: Record<string, string>;
const running = new Set<ChildProcess>();

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "sl-w-"));
  chmodSync(data, 0o755);
  folder = join(data, "drop");
  mkdirSync(folder);
  env = { SIGHTLINE_DATA: join(data, "d"), DATABASE_URL: "" };
});
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
});

function startWatch(): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(process.execPath, [join(projectRoot(), "scripts/sightline.mjs"), "watch", folder, "--segment", "Office", "--every", "1"], { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr?.on("data", (part: Buffer) => (text += part.toString()));
  running.add(child);
  child.on("close", () => running.delete(child));
  return { child, said: () => text };
}

function records(count: number): string {
  return Array.from({ length: count }, (_, i) => JSON.stringify({ Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", EventID: 1, Hostname: "pc-1", "@timestamp": `2026-11-20T10:00:${String(i).padStart(2, "0")}.000Z`, Image: "C:\\cmd.exe", CommandLine: `cmd ${i}`, ProcessId: "7", ParentProcessId: "8", User: "EX\\ana" })).join("\n");
}

test("a watch that is killed goes on where it was, one whose database is killed starts it again: nothing is counted twice, and SIGTERM ends it cleanly", async () => {
  writeFileSync(join(data, "seg.csv"), "name,platforms,assets,criticality\nOffice,Windows,3,2\n");
  expect(await runProcess(["segments", "import", join(data, "seg.csv")], env)).toMatchObject({ code: 0 });
  const first = startWatch();
  writeFileSync(join(folder, "a.json"), records(10));
  await waitUntil(async () => first.said().includes("a.json: imported as events"), first.said);
  const killed = once(first.child, "close");
  first.child.kill("SIGKILL");
  await killed;
  writeFileSync(join(folder, "b.json"), records(20));
  const second = startWatch();
  await waitUntil(async () => second.said().includes("b.json: imported as events"), second.said);
  const rival = await runProcess(["watch", folder, "--segment", "Office"], env);
  expect(rival).toMatchObject({ code: 1, err: expect.stringContaining("Another process watches this folder") });
  process.kill(runningServer(join(data, "d/pg"))?.pid ?? 0, "SIGKILL");
  await waitUntil(async () => second.said().includes("watching again"), second.said);
  writeFileSync(join(folder, "c.json"), records(30));
  await waitUntil(async () => second.said().includes("c.json: imported as events"), second.said);
  const ended = once(second.child, "close");
  second.child.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
  expect(second.said()).not.toContain("a.json");
  expect(second.said().match(/waiting: .*/g)).toEqual(["waiting: the database went away in the middle of this"]);
  const listed = await runProcess(["events", "list", "--json"], env);
  const datasets: unknown = JSON.parse(listed.out);
  expect(Array.isArray(datasets) ? datasets.map((one: { fileName: string; records: number }) => [one.fileName, one.records]).sort() : null).toEqual([["a.json", 10], ["b.json", 20], ["c.json", 30]]);
});

test("a database that vanishes in the middle of a verb is one sentence with what to do, whether it was stopped or killed", async () => {
  for (const how of ["SIGINT", "SIGKILL"] as const) {
    const open = await openDatabase(join(data, "d"), null);
    const ctx: OperationContext = { actor: { name: "local:test", authenticated: false }, role: "admin", segments: "all", clock: () => new Date(), db: open.db, files: createFileStore(join(data, "d/files")) };
    await ctx.db.segment.findMany();
    const notes: string[] = [];
    const code = await runCommandLine(["segments", "import", join(data, "seg.csv")], {
      ...createCliIo(new AbortController().signal),
      note: (text) => void notes.push(text),
      withContext: async (work) => {
        const server = runningServer(join(data, "d/pg"))?.pid ?? 0;
        process.kill(server, how);
        await waitUntil(async () => runningServer(join(data, "d/pg")) === null, () => "the server runs on");
        return work(ctx);
      },
    });
    expect([code, notes]).toEqual([1, ["The database went away in the middle of this. What was finished is kept and nothing is half-written: make sure that the database runs, then do it again."]]);
    await open.close();
  }
});
