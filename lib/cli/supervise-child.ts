import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the project, where node_modules and .next stand. */
export const projectFolder = fileURLToPath(new URL("../../", import.meta.url));

// The child's standard input is a pipe that closes when this process is killed: the child then ends too.
const EXIT_WITH_PARENT = new URL("scripts/setup/exit-with-parent.mjs", pathToFileURL(projectFolder)).href;

export interface SupervisedChild {
  /** Resolves when the child has ended and is not started again. */
  readonly ended: Promise<void>;
  /** Asks it to stop, insists after ten seconds; resolves when it has ended. */
  stop(): Promise<void>;
}

const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 10_000;

/** Runs a Node program as a child whose words go to stderr. With restart it is started again after a pause that grows while it keeps dying. */
export function superviseChild(args: readonly string[], env: NodeJS.ProcessEnv, { restart }: { restart: boolean }): SupervisedChild {
  let stopping = false;
  let child: ChildProcess | null = null;
  let wake: (() => void) | null = null;
  const ended = (async () => {
    for (let pause = 500; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const startedAt = Date.now();
      child = spawn(process.execPath, ["--import", EXIT_WITH_PARENT, ...args], { cwd: projectFolder, env: { ...env, SIGHTLINE_SUPERVISED: "1" }, stdio: ["pipe", 2, 2] });
      await ending(child);
      child = null;
      if (stopping || !restart) return;
      if (Date.now() - startedAt > LONGEST_PAUSE_MS) pause = 500;
      process.stderr.write(`${args.at(-1)} ended unexpectedly and is started again\n`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (stopping) return;
    }
  })();
  return {
    ended,
    stop: async () => {
      stopping = true;
      wake?.();
      child?.kill("SIGTERM");
      const insist = setTimeout(() => child?.kill("SIGKILL"), PATIENCE_MS);
      await ended;
      clearTimeout(insist);
    },
  };
}

function ending(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}
