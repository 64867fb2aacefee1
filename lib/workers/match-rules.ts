import { parentPort } from "node:worker_threads";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { openMatching, type Matching } from "./match-blocks";
import type { FromMatchThread, ToMatchThread } from "./match-messages";

/*
 * Thread that evaluates rules over events: hostile rules cost it, never the process. It answers every message by one, in
 * order, and may serve one evaluation after another.
 */
const port = parentPort;
if (port === null) throw new Error("match-rules runs as a worker thread only");
const send = (message: FromMatchThread): void => port.postMessage(message, message.type === "block" ? [message.matches.buffer] : []);

let matching: Matching | null = null;

port.on("message", (message: ToMatchThread) => {
  try {
    if (message.type === "begin") {
      matching = null; // what the last evaluation held goes first
      matching = openMatching(message.request, new Int32Array(message.mark));
      send({ type: "begun", ...matching.about });
    } else if (message.type === "forget") {
      matching = null;
      send({ type: "done" });
    } else if (matching === null) throw new Error("no evaluation was begun");
    else send(answer(matching, message));
  } catch (error) {
    const place = error instanceof SightlineError ? error.place : {};
    const text = error instanceof SightlineError ? error.message : errorSentence(error);
    send({ type: "failed", expected: error instanceof SightlineError, message: text, place });
  }
});

function answer(current: Matching, message: Exclude<ToMatchThread, { type: "begin" | "forget" }>): FromMatchThread {
  switch (message.type) {
    case "content":
      current.open(message.content);
      return { type: "done" };
    case "block":
      return current.match(message.bytes, message.ends);
    case "skip":
      current.skip(message.bytes);
      return { type: "done" };
    case "inspect":
      return { type: "inspected", costs: current.inspect(message.bytes, message.ends, message.from) };
    case "material":
      current.take(message.matches, message.facts);
      return { type: "done" };
    case "correlate":
      return { type: "correlated", ...current.correlate() };
  }
}
