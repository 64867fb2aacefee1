import { parentPort } from "node:worker_threads";
import { startDeriving } from "@/lib/events/derive-dataset";
import { formatById } from "@/lib/events/formats/index";
import type { AggregateRow } from "@/lib/events/types";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { DeriveRequest, FromDeriveWorker, ToDeriveWorker } from "./derive-messages";

/*
 * Thread that derives datasets, one after another. The content comes in as chunks, each answered by "taken" so that the sender keeps few
 * in flight; parts of the record index go out on the way, the rest at the end, aggregate rows slice by slice as they are
 * asked for.
 */
const port = parentPort;
if (port === null) throw new Error("derive-dataset runs as a worker thread only");
const send = (message: FromDeriveWorker): void => port.postMessage(message);

let deriving: ReturnType<typeof startDeriving> | null = null;
let slices: Generator<AggregateRow[], void> | null = null;

port.on("message", (message: ToDeriveWorker) => {
  if (message.type === "begin") {
    slices = null; // what the last dataset held goes first
    deriving = null;
    deriving = start(message.request);
    return;
  }
  if (deriving === null) return;
  try {
    if (message.type === "chunk") {
      deriving.push(message.bytes);
      send({ type: "taken", bytes: message.bytes.length });
    } else if (message.type === "end") {
      send({ type: "derived", dataset: deriving.end() });
    } else {
      slices ??= deriving.takeRows();
      const rows = slices.next().value ?? [];
      send({ type: "rows", rows });
      if (rows.length > 0) return;
      slices = null;
      deriving = null;
    }
  } catch (error) {
    fail(error);
  }
});

function start({ format, ...options }: DeriveRequest): ReturnType<typeof startDeriving> | null {
  const known = formatById(format);
  try {
    if (known === undefined) throw new SightlineError("INVALID", `"${format}" is not an event format.`, { field: "format" });
    return startDeriving({ ...options, format: known }, (part) => send({ type: "part", part }));
  } catch (error) {
    fail(error);
    return null;
  }
}

function fail(error: unknown): void {
  const place = error instanceof SightlineError ? error.place : {};
  const message = error instanceof SightlineError ? error.message : errorSentence(error);
  send({ type: "failed", expected: error instanceof SightlineError || error instanceof RangeError, message, place });
  port?.close();
}
