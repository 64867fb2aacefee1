// Loaded into the children of `serve`: their standard input is a pipe from it. When serve is killed, the pipe closes, and
// its children must not go on holding the port and the database. The pipe alone keeps no process alive.
import { isMainThread } from "node:worker_threads";

// The mark is taken away at once: what a child starts inherits this import, but has another standard input.
if (isMainThread && process.env.SIGHTLINE_SUPERVISED) {
  delete process.env.SIGHTLINE_SUPERVISED;
  process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).on("error", () => {});
  process.stdin.resume();
  process.stdin.unref?.();
  process.stdin.once("close", () => setTimeout(() => process.exit(1), 5_000).unref());
}
