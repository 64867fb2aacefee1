import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { alignRows, createCliIo, type CliIo } from "./cli-io";
import { runCommandLine } from "./main";
import { VERBS } from "./verbs";

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const io: CliIo = { ...createCliIo(new AbortController().signal), line: (text) => (out += `${text}\n`), note: (text) => (err += `${text}\n`) };
  return { code: await runCommandLine(args, io), out, err };
}

describe("the command line", () => {
  test("--help lists every verb once, and none that nobody needs to call", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const verb of Object.keys(VERBS)) expect(new RegExp(`^  ${verb}\\b`, "m").test(out), verb).toBe(verb !== "run-jobs");
  });

  test.each(Object.keys(VERBS))("%s --help explains itself", async (verb) => {
    const { code, out } = await run(verb, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`sightline ${verb}`);
  });

  test("the help of a verb lists its options with what they mean", async () => {
    for (const [verb, ...options] of [["events import", "--segment <name>", "--host-from <regex|field>", "--origin <origin>", "--replace", "--json"], ["catalog import", "--release <number>", "--replace"], ["assess", "--at <", "--domain <", "--json"]] as const) {
      const { code, out } = await run(...verb.split(" "), "--help");
      expect(code).toBe(0);
      for (const option of options) expect(out, `${verb} ${option}`).toContain(option);
    }
  });

  test.each([["nonsense"], ["audit", "nonsense"], ["catalog", "nonsense"]])("an unknown verb is exit 2 (%s)", async (...args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^unknown verb "/);
  });

  test.each([["audit"], ["audit", "verify", "--bad"], ["serve", "surplus"]])("wrong use is exit 2 (%s)", async (...args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).not.toBe("");
  });

  test("an address that is not loopback, a bad port and a data folder that cannot be are refused in one sentence, exit 1", async () => {
    for (const [name, value, words] of [["HOST", "0.0.0.0", "only loopback addresses"], ["PORT", "99999", "no port|not a port"], ["SIGHTLINE_DATA", "/proc/no/data", "^The data folder /proc/no/data cannot be written"]] as const) {
      const before = process.env[name];
      process.env[name] = value;
      const { code, err } = await run("serve").finally(() => (before === undefined ? delete process.env[name] : (process.env[name] = before)));
      expect(code).toBe(1);
      expect(err).toMatch(new RegExp(words));
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });

  test("a table is aligned, numbers to the right", () => {
    expect(alignRows([{ name: "EU servers", hosts: 7 }, { name: "mac", hosts: 1200 }])).toEqual(["name        hosts", "EU servers      7", "mac          1200"]);
    expect(alignRows([])).toEqual(["no rows"]);
  });

  test("a second JSON document is a defect", () => {
    const io = createCliIo(new AbortController().signal);
    const write = process.stdout.write;
    process.stdout.write = () => true;
    try {
      io.json({ one: 1n });
      expect(() => io.json({})).toThrow("one JSON document");
    } finally {
      process.stdout.write = write;
    }
  });

  test("a file that is not there, or is none, is refused in words", async () => {
    for (const [path, words] of [["/nowhere/p.zip", "/nowhere/p.zip: The file cannot be read: there is no such file or folder. Check the path."], ["/tmp", "/tmp: This is not a file."]] as const) {
      expect(await run("evidence", "verify", path)).toEqual({ code: 1, out: "", err: `${words}\n` });
    }
  });

  test("a reader that closes the output early gets no stack of Node", async () => {
    const child = spawn(process.execPath, ["scripts/sightline.mjs", "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let err = "";
    child.stderr.on("data", (part: Buffer) => (err += part.toString()));
    const [code] = await once(child, "close");
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });
});
