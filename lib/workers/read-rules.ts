import { parentPort, workerData } from "node:worker_threads";
import { linkReadFiles, readRuleText, refuseFile, type ReadFile } from "@/lib/detection/rules/read-rule-texts";
import type { RuleTextFile } from "@/lib/detection/rules/stored-rule";
import { errorSentence } from "@/lib/shared/errors";
import type { FromReadRulesWorker, ReadRulesRequest } from "./read-rules-messages";

/*
 * Thread that reads the Sigma files of a source. Rules are hostile input: a file that takes too long or too much memory
 * takes this thread with it, and the starter sees at which file it was.
 */
const port = parentPort;
if (port === null) throw new Error("read-rules runs as a worker thread only");
const send = (message: FromReadRulesWorker): void => port.postMessage(message);

const { files, at }: ReadRulesRequest = workerData;
const position = new Int32Array(at);
try {
  const read = files.map((file, i) => {
    Atomics.store(position, 0, i);
    return "refused" in file ? refuseFile(file.path, file.refused) : readOne(file);
  });
  Atomics.store(position, 0, files.length);
  send({ type: "read", read: linkReadFiles(read) });
} catch (error) {
  send({ type: "failed", message: errorSentence(error) });
}
port.close();

/** A file that no reader has room for costs itself alone. */
function readOne(file: RuleTextFile): ReadFile {
  try {
    return readRuleText(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuseFile(file.path, { message: `This file cannot be read: ${errorSentence(error)}.`, remedy: "Shorten it, or nest it less." });
  }
}
