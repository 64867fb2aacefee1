import { randomBytes } from "node:crypto";
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkDataFolder, dataFolder, openContext } from "@/lib/operations/open-context";
import { SightlineError } from "@/lib/shared/errors";
import { isLoopbackAddress } from "@/lib/shared/loopback-door";
import type { CliIo } from "./cli-io";
import { projectFolder, superviseChild } from "./supervise-child";

const REVIVE_EVERY_MS = 2_000;

/**
 * Starts everything and stays until the signal: the database, the web process and the job process, each a child of its own.
 * The job process is started again when it dies; when the web process dies, everything ends. Prints the address to open.
 *
 * @throws SightlineError for an address that may not be bound or is in use, a data folder that cannot be written, and when
 *   pages cannot be built.
 */
export async function serve(io: CliIo, options: { dev: boolean; host: string; port: string }): Promise<void> {
  const port = checkPort(options.port);
  if (!isLoopbackAddress(options.host)) {
    throw new SightlineError("INVALID", `HOST=${options.host} is refused: until accounts exist, only loopback addresses such as 127.0.0.1 are served.`);
  }
  const host = options.host.replace(/^\[|\]$/g, "");
  checkDataFolder(); // before the build, which takes long
  await checkFree(host, port);
  if (!options.dev) build();
  const open = await openContext();
  if (open.note !== null) io.note(open.note);
  const token = process.env.SIGHTLINE_START_TOKEN || randomBytes(24).toString("base64url");
  const env = { ...process.env, PORT: String(port), HOST: host, SIGHTLINE_DATA: dataFolder(), SIGHTLINE_START_TOKEN: token, NEXT_TELEMETRY_DISABLED: "1" };
  const web = superviseChild([join(projectFolder, "node_modules/next/dist/bin/next"), options.dev ? "dev" : "start", "-H", host, "-p", String(port)], env, { restart: false });
  const jobs = superviseChild([join(projectFolder, "scripts/sightline.mjs"), "run-jobs"], env, { restart: true });
  const revive = setInterval(() => void open.revive().catch(() => {}), REVIVE_EVERY_MS);
  try {
    const address = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    await waitUntilAnswers(address, web.ended, io.signal);
    if (!io.signal.aborted) {
      io.line(`Sightline is ready: ${address}/start?token=${token}`);
      io.line(`(while nothing but the demonstration fleet is loaded, ${address} opens without the token; Ctrl-C stops)`);
    }
    await Promise.race([web.ended, onAbort(io.signal)]);
  } finally {
    clearInterval(revive);
    await Promise.all([web.stop(), jobs.stop()]);
    await open.close();
  }
  if (!io.signal.aborted) throw new SightlineError("UNAVAILABLE", "The web process ended by itself; its last words are above.");
}

function checkPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new SightlineError("INVALID", `PORT=${text} is not a port number (1 to 65535).`);
  return port;
}

function checkFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const code = "code" in error ? error.code : "";
      const why = code === "EADDRINUSE" ? "is in use" : code === "EACCES" ? "may not be used by this user" : `cannot be used (${String(code)})`;
      reject(new SightlineError("UNAVAILABLE", `Port ${port} on ${host} ${why}.`, { remedy: `Choose another one, for example PORT=${port < 65_000 ? port + 1 : 3000}.` }));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function build(): void {
  const built = spawnSync(process.execPath, [join(projectFolder, "scripts/build.mjs")], { cwd: projectFolder, stdio: ["ignore", 2, 2] });
  if (built.status !== 0) throw new SightlineError("UNAVAILABLE", "The pages could not be built; the reason is above.");
}

// Any answer will do: the door refuses a stranger with 401, and that too means that the server is up.
async function waitUntilAnswers(address: string, ended: Promise<void>, signal: AbortSignal): Promise<void> {
  let gone = false;
  void ended.then(() => (gone = true));
  while (!signal.aborted && !gone) {
    const answer = await fetch(`${address}/start`, { redirect: "manual", signal: AbortSignal.timeout(30_000) }).catch(() => null);
    if (answer !== null) return;
    await sleep(100);
  }
  if (gone) throw new SightlineError("UNAVAILABLE", "The web process did not start; its last words are above.");
}

function onAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve(), { once: true })));
}
