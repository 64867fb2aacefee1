import { parentPort, workerData } from "node:worker_threads";
import { parsePack } from "@/lib/detection/packs/parse-pack";
import { runPackTests } from "@/lib/detection/packs/run-pack-tests";
import { errorSentence } from "@/lib/shared/errors";
import type { FromTestPackWorker, TestPackRequest } from "./test-pack-messages";

/* Thread that reads packs and runs their own tests: a pack's rules are somebody's, and may take this thread with them. */
const port = parentPort;
if (port === null) throw new Error("test-pack runs as a worker thread only");
const send = (message: FromTestPackWorker): void => port.postMessage(message);

const { packs }: TestPackRequest = workerData;
try {
  for (const [position, files] of packs.entries()) {
    const parsed = parsePack(files);
    if ("refused" in parsed) send({ type: "refused", position, refused: parsed.refused });
    else send({ type: "tested", position, manifest: parsed.pack.manifest, rules: parsed.pack.rules, tests: runPackTests(parsed.pack) });
  }
  send({ type: "end" });
} catch (error) {
  send({ type: "failed", message: errorSentence(error) });
}
port.close();
