import { parentPort } from "node:worker_threads";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { openExplaining } from "./explain-blocks";
import { markIn } from "./load-rules";
import { openInspection, openMatching, type ThreadTask } from "./match-blocks";
import type { FromMatchThread, ToMatchThread } from "./match-messages";

/*
 * Thread that asks rules about events: hostile rules cost it, never the process. It answers every message by one, in order,
 * and may serve one evaluation after another.
 */
const port = parentPort;
if (port === null) throw new Error("match-rules runs as a worker thread only");
const send = (message: FromMatchThread): void => port.postMessage(message, message.type === "block" ? [message.matches.buffer] : []);
const TASKS = { match: openMatching, inspect: openInspection, explain: openExplaining };

let task: ThreadTask | null = null;

port.on("message", (message: ToMatchThread) => {
  try {
    send(answer(message));
  } catch (error) {
    const place = error instanceof SightlineError ? error.place : {};
    const text = error instanceof SightlineError ? error.message : errorSentence(error);
    send({ type: "failed", expected: error instanceof SightlineError, message: text, place });
  }
});

function answer(message: ToMatchThread): FromMatchThread {
  if (message.type === "begin") {
    task = null; // what the last evaluation held goes first
    task = TASKS[message.request.purpose](message.request, markIn(new Int32Array(message.mark)));
    return task.about;
  }
  if (message.type === "forget") {
    task = null;
    return { type: "done" };
  }
  if (task === null) throw new Error("no evaluation was begun");
  return task.answer(message);
}
