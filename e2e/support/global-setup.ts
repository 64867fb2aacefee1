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
  const demoData = join(root, "demo");
  const emptyData = join(root, "empty");
  const running: RunningServer[] = [];
  try {
    await runToEnd(["demo", "load"], demoData);
    running.push(await startServer(demoData, await freePort()));
    running.push(await startServer(emptyData, await freePort()));
  } catch (error) {
    await Promise.all(running.map((server) => server.stop()));
    throw error;
  }
  const [demo, empty] = running;
  announceInstances({ demo: demo?.address ?? "", empty: empty?.address ?? "", emptyData });
  return async () => {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(root, { recursive: true, force: true });
  };
}
