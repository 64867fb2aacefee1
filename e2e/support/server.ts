import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

export interface RunningServer {
  /** Where a browser is let in: with the start token when the server printed one. */
  readonly address: string;
  stop(): Promise<void>;
}

function run(verb: readonly string[], data: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["scripts/sightline.mjs", ...verb], {
    env: { ...process.env, SIGHTLINE_TRACE_PLANS: "no", ...env, SIGHTLINE_DATA: data, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs a verb of the command line and fails with its own words when it fails. */
export async function runToEnd(verb: readonly string[], data: string): Promise<string> {
  const child = run(verb, data, {});
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`sightline ${verb.join(" ")} ended with ${code}: ${err || out}`);
  return out;
}

/** Starts a verb that runs until it is told to end; stop() tells it to and gives the lines it printed. */
export function startVerb(verb: readonly string[], data: string): { stop(): Promise<string> } {
  const child = run(verb, data, {});
  let said = "";
  const read = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout?.on("data", read);
  child.stderr?.on("data", read);
  return {
    stop: async () => {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      return said;
    },
  };
}

/** Starts `serve` and resolves when it printed its address. env: more of its environment, e.g. DATABASE_URL. */
export async function startServer(data: string, port: number, env: Record<string, string> = {}): Promise<RunningServer> {
  const child = run(["serve"], data, { ...env, PORT: String(port) });
  let output = "";
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within 180 s:\n${output}`)), 180_000);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/start\?token=\S+/.exec(output);
      if (found) {
        clearTimeout(timer);
        resolve(found[0]);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`serve ended with ${code}:\n${output}`));
    });
  });
  return {
    address,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
