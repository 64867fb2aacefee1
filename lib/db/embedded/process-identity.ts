import { readFileSync, readlinkSync, readdirSync } from "node:fs";
import { z } from "zod";

const Identity = z.object({ pid: z.number().int().positive(), started: z.string() });

/** A process told apart from a later one with the same number: number and, where the system says it, start time. */
export type ProcessIdentity = Readonly<z.infer<typeof Identity>>; // started: clock ticks since boot, with the boot's id; "" where unknown

/** Identity of a running process, null when there is none. A zombie has ended: it counts as none. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  if (!isNumberTaken(pid)) return null;
  if (process.platform !== "linux") return { pid, started: "" };
  try {
    // "pid (name) state ppid ...": the name may hold spaces and brackets, so fields count from its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return null;
    return { pid, started: `${fields[19]}@${bootId()}` };
  } catch {
    return null;
  }
}

/** Whether the system knows this number: of a running process, or of one that ended and was not collected by its parent. */
export function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** True while exactly this process runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  return now !== null && (identity.started === "" || now.started === "" || now.started === identity.started);
}

/** From the JSON text that a process wrote about itself. */
export function parseIdentity(text: string): ProcessIdentity {
  return Identity.parse(JSON.parse(text));
}

/** This process, so that others can tell later whether it still runs. */
export function ownIdentity(): ProcessIdentity {
  return identifyProcess(process.pid) ?? { pid: process.pid, started: "" };
}

/** Numbers of the processes whose working folder is this one: PostgreSQL's are, in their data folder. Empty off Linux. */
export function processesWorkingIn(folder: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder && identifyProcess(pid) !== null;
      } catch {
        return false; // ended meanwhile, or somebody else's
      }
    });
}

let boot: string | undefined;
function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return boot;
}
