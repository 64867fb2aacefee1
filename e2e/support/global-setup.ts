import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runToEnd, startServer, type RunningServer } from "./server";
import { INSTANCES_FILE } from "./instances";

/** Starts the two servers the journeys use, and returns the teardown that stops them and removes their data. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const root = mkdtempSync(join(tmpdir(), "sightline-e2e-"));
  chmodSync(root, 0o711); // as root the database runs as another user, who must be able to pass; else it would go elsewhere
  const demoData = join(root, "demo");
  const emptyData = join(root, "empty");
  const running: RunningServer[] = [];
  try {
    await runToEnd(["demo", "load"], demoData);
    running.push(await startServer(demoData, 3211));
    running.push(await startServer(emptyData, 3212));
  } catch (error) {
    await Promise.all(running.map((server) => server.stop()));
    throw error;
  }
  const [demo, empty] = running;
  writeFileSync(INSTANCES_FILE, JSON.stringify({ demo: demo?.address, empty: empty?.address, emptyData }));
  return async () => {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(root, { recursive: true, force: true });
    rmSync(INSTANCES_FILE, { force: true });
  };
}
