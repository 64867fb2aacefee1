import { parentPort, workerData } from "node:worker_threads";
import { assess } from "@/lib/assessment/assess";
import { buildScoringInput } from "@/lib/assessment/build-scoring-input";
import { compareAssessments, type Side } from "@/lib/assessment/compare/compare-assessments";
import { readVerdicts } from "@/lib/assessment/compare/stored-verdicts";
import type { PinnedInputs } from "@/lib/assessment/pinned-inputs";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { CompareRequest, FromCompareWorker, KeptSide } from "./compare-messages";

/* Thread that computes the difference of two assessments: a large fleet takes seconds for each stand between them. */
const port = parentPort;
if (port === null) throw new Error("compare-assessments runs as a worker thread only");
const send = (message: FromCompareWorker): void => port.postMessage(message);

const request: CompareRequest = workerData;
try {
  const [a, b] = request.type === "kept" ? [readSide(request.a), readSide(request.b)] : [scoreSide(request.a), scoreSide(request.b)];
  const comparison = compareAssessments(a, b, (done, of) => send({ type: "progress", done, of }));
  send({ type: "done", document: Buffer.from(canonicalJson(comparison)) });
} catch (error) {
  if (error instanceof SightlineError && error.code === "UNSUPPORTED") send({ type: "refused", code: error.code, message: error.message, remedy: error.place.remedy ?? "" });
  else send({ type: "failed", message: errorSentence(error) });
}
port.close();

function readSide({ owner, input, result }: KeptSide): Side {
  const read = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString("utf8"));
  return { input: readScoringInput(read(input), owner), stored: readVerdicts(read(result), owner) };
}

function scoreSide(pinned: PinnedInputs): Side {
  const input = buildScoringInput(pinned);
  return { input, stored: assess(input) };
}
