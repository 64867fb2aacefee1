import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runToEnd, startServer, type RunningServer } from "./server";
import { freePort } from "./free-port";
import { announceInstances } from "./instances";

/** Starts the two servers the journeys use, and returns the teardown that stops them and removes their data. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const root = mkdtempSync(join(tmpdir(), "sightline-e2e-"));
  chmodSync(root, 0o711); // as root the database runs as another user, who must be able to pass; else it would go elsewhere
  const loaded = process.env.SIGHTLINE_E2E_DEMO; // by the test command, for this run alone
  const demoData = loaded || join(root, "demo");
  const emptyData = join(root, "empty");
  const running: RunningServer[] = [];
  const start = async (data: string): Promise<RunningServer> => {
    const server = await startServer(data, await freePort());
    running.push(server);
    return server;
  };
  const starts = await Promise.allSettled([
    (loaded ? Promise.resolve("") : runToEnd(["demo", "load"], demoData)).then(() => start(demoData)),
    start(emptyData),
  ]);
  const failed = starts.find((one) => one.status === "rejected");
  if (failed !== undefined) {
    await Promise.all(running.map((server) => server.stop()));
    throw failed.reason;
  }
  const [demo, empty] = starts.map((one) => (one.status === "fulfilled" ? one.value.address : ""));
  announceInstances({ demo: demo ?? "", empty: empty ?? "", emptyData });
  return async () => {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(root, { recursive: true, force: true });
  };
}
