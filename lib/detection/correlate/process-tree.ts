import { isSupervisor } from "./supervisors";
import type { ProcessSighting } from "./match-types";
import type { TreeFact } from "./sight-process";

/** Processes that are followed per sample; further ones are left out and counted: chains over them do not join. */
export const MOST_PROCESSES = 200_000;

/** Two sensors write of one start at most so far apart. */
const MOST_APART_MS = 1_000;

/** A process as records name it. open: why its own or its ancestors' parent is not known, else null. */
export interface Lineage {
  readonly key: string;
  readonly open: string | null;
}

interface Process {
  readonly key: string;
  readonly identified: boolean; // by a unique id
  readonly windows: boolean;
  since: number; // ms of its start; -Infinity when the sample does not show it
  seen: number; // ms of the first record that names it by its unique id
  same: Process | null; // the process that replaced its own image by this one
  image: string | null;
  parent: { readonly uid: string | null; readonly pid: string | null; readonly image: string | null; readonly ms: number } | null;
}

/**
 * Who started whom in a sample, from process starts and from whatever else names a parent. A process is known by the unique id
 * that its source gives (Sysmon's ProcessGuid, Endpoint Security's pid with pidversion, an entity id), else by host, number
 * and time: the latest start of that number not after the record. Facts may come in any order; questions come after the last.
 */
export class ProcessTree {
  private readonly byUid = new Map<string, Process>();
  private readonly byPid = new Map<string, Process[]>(); // starts, sorted when the first question comes
  private readonly unstarted = new Map<string, Process>(); // of numbers: what records say of a process whose start is not shown
  private readonly seenAs = new Map<string, Process | null>(); // the one identified process that has a number in this sample; null: several
  private readonly lineages = new Map<string, Lineage>();
  private settled = true;
  private count = 0;
  /** Records whose process was left out because the sample holds more processes than are followed. */
  leftOut = 0;

  constructor(private readonly most = MOST_PROCESSES) {}

  observe({ self, ms, starts, image, parent, windows }: TreeFact): void {
    if (parent === null && !starts && (self.uid === null || self.pid === null)) return;
    this.settled = false;
    const about = parent === null || ms === null ? null : { ...parent, ms };
    if (self.uid !== null) {
      const process = this.named(`${self.host}\n${self.uid}`, () => ({ key: `${self.host} ${self.uid}`, identified: true, since: -Infinity, seen: Infinity, same: null, windows, image, parent: about }));
      if (process === null) return;
      if (ms !== null && ms < process.seen) process.seen = ms;
      if (about !== null && isEarlier(about, process.parent)) process.parent = about;
      if (image !== null && (process.image === null || image < process.image)) process.image = image;
      if (starts && ms !== null && !(process.since <= ms && process.since > -Infinity)) process.since = ms;
      if (self.pid !== null) {
        const seen = this.seenAs.get(`${self.host}\n${self.pid}`);
        if (seen !== process) this.seenAs.set(`${self.host}\n${self.pid}`, seen === undefined ? process : null);
      }
      if (starts && ms !== null && self.pid !== null) this.addStart(`${self.host}\n${self.pid}`, process);
      return;
    }
    if (self.pid === null || ms === null) return; // a number without a time is nobody
    const place = `${self.host}\n${self.pid}`;
    if (starts) {
      if (this.room()) this.addStart(place, { key: `${self.host} pid ${self.pid} of ${new Date(ms).toISOString()}`, identified: false, since: ms, seen: Infinity, same: null, windows, image, parent: about });
      return;
    }
    const known = this.unstarted.get(place);
    if (known !== undefined ? about !== null && isEarlier(about, known.parent) : this.room()) {
      this.unstarted.set(place, { key: `${self.host} pid ${self.pid}`, identified: false, since: -Infinity, seen: Infinity, same: null, windows, image, parent: about });
    }
  }

  /** The key of a process itself. */
  processOf(self: ProcessSighting, ms: number | null): string | null {
    return this.find(self, ms)?.key ?? null;
  }

  /** The key of its parent. */
  parentOf(self: ProcessSighting, ms: number | null): string | null {
    const process = this.find(self, ms);
    return process === null ? null : (this.above(process, self.host)?.key ?? null);
  }

  /**
   * The topmost ancestor below the programs that start things for everybody (launchd, services, a login shell's sshd...):
   * equal for all processes of one tree. Where a link is missing it is the last one that is known, and `open` says so.
   */
  lineageOf(self: ProcessSighting, ms: number | null): Lineage | null {
    const start = this.find(self, ms);
    if (start === null) return null;
    const path = new Set<string>();
    let process = start;
    let found = this.lineages.get(process.key);
    while (found === undefined) {
      path.add(process.key);
      const up = process.parent;
      if (up === null) found = { key: process.key, open: `the sample does not say who started ${process.key}` };
      else {
        const above = this.above(process, self.host);
        if (isSupervisor(up.pid, up.image ?? above?.image ?? null, process.windows)) found = { key: process.key, open: null };
        else if (above === null) found = { key: process.key, open: `the parent of ${process.key} is not in the sample` };
        else if (path.has(above.key)) found = { key: firstOfCircle([...path], above.key), open: "the parents form a circle" };
        else {
          process = above;
          found = this.lineages.get(process.key);
        }
      }
    }
    for (const key of path) this.lineages.set(key, found);
    return found;
  }

  private find(self: ProcessSighting, ms: number | null): Process | null {
    if (!this.settled) this.settle();
    if (self.uid !== null) return this.identified(self.host, self.uid);
    return self.pid === null || ms === null ? null : this.numbered(self.host, self.pid, ms);
  }

  private identified(host: string, uid: string): Process {
    const found = this.byUid.get(`${host}\n${uid}`);
    return found === undefined ? stranger(`${host} ${uid}`) : (found.same ?? found);
  }

  /** The process that has a number at a time: its latest start until then, else one that ran before the sample. */
  private numbered(host: string, pid: string, ms: number): Process {
    const starts = this.byPid.get(`${host}\n${pid}`) ?? [];
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle]?.since ?? Infinity) <= ms) low = middle + 1;
      else high = middle;
    }
    const latest = starts[low - 1];
    if (latest !== undefined) return latest.same ?? latest;
    const seen = this.seenAs.get(`${host}\n${pid}`);
    return seen?.since === -Infinity ? (seen.same ?? seen) : (this.unstarted.get(`${host}\n${pid}`) ?? stranger(`${host} pid ${pid}`));
  }

  private above({ parent }: Process, host: string): Process | null {
    if (parent === null) return null;
    if (parent.uid !== null) return this.identified(host, parent.uid);
    return parent.pid === null ? null : this.numbered(host, parent.pid, parent.ms);
  }

  private named(place: string, make: () => Process): Process | null {
    const known = this.byUid.get(place);
    if (known !== undefined) return known;
    if (!this.room()) return null;
    const made = make();
    this.byUid.set(place, made);
    return made;
  }

  private addStart(place: string, process: Process): void {
    const starts = this.byPid.get(place);
    if (starts === undefined) this.byPid.set(place, [process]);
    else starts.push(process);
  }

  private room(): boolean {
    if (this.count >= this.most) {
      this.leftOut += 1;
      return false;
    }
    this.count += 1;
    return true;
  }

  /**
   * Puts starts into the order of time. On macOS and Linux a process that replaces its image keeps number and parent: it goes
   * on being the one it was, so that a lineage that begins with it does not break. Two starts of one number at one instant are
   * one process. Where the start of an identified process is told only by a sensor without unique ids (Sysmon 7 and 11 beside
   * Security 4688), it is the latest start of its number until it is first seen.
   */
  private settle(): void {
    this.settled = true;
    this.lineages.clear();
    for (const [place, starts] of this.byPid) {
      starts.sort((a, b) => a.since - b.since || compareText(a.key, b.key) || compareText(JSON.stringify(a.parent), JSON.stringify(b.parent)));
      for (const [i, process] of starts.entries()) process.same = sameAsBefore(starts[i - 1], process);
      // Two sensors that both tell of a start (Sysmon 1 and Security 4688): the one with the unique id stands for both.
      const identified = starts.filter((one) => one.identified);
      let next = 0; // the first identified start behind this one
      for (const process of identified.length === 0 ? [] : starts) {
        while ((identified[next]?.since ?? Infinity) <= process.since) next += 1;
        if (!process.identified) process.same = [identified[next - 1], identified[next]].find((one) => one !== undefined && isTwin(one, process)) ?? process.same;
      }
      adoptStart(starts, this.seenAs.get(place) ?? null);
    }
  }
}

/** Gives an identified process whose own start is not shown the latest start of its number until it was first seen, with the parent that this start names. */
function adoptStart(starts: readonly Process[], running: Process | null): void {
  if (running === null || running.since !== -Infinity) return;
  const latest = starts.findLast(({ since }) => since <= running.seen + MOST_APART_MS);
  if (latest === undefined || latest.identified || latest.same?.identified === true) return;
  const first = latest.same ?? latest;
  for (const one of starts) if (one === first || one.same === first) one.same = running;
  running.parent ??= first.parent;
}

/** One name for all of a circle, wherever it was entered: what led into it is no part of it. */
function firstOfCircle(path: readonly string[], entry: string): string {
  return path.slice(path.indexOf(entry)).sort(compareText)[0] ?? entry;
}

function sameAsBefore(before: Process | undefined, process: Process): Process | null {
  if (before === undefined || before === process) return null;
  return before.key === process.key || (!process.windows && sameParent(before, process)) ? (before.same ?? before) : null;
}

/** The same start told by a sensor that gives unique ids. */
function isTwin(one: Process, process: Process): boolean {
  return one.identified && Math.abs(one.since - process.since) <= MOST_APART_MS && one.parent?.pid === process.parent?.pid;
}

/** A process of which nothing is known but its name. */
function stranger(key: string): Process {
  return { key, identified: false, since: -Infinity, seen: Infinity, same: null, windows: false, image: null, parent: null };
}

function sameParent({ parent: a }: Process, { parent: b }: Process): boolean {
  return a !== null && b !== null && (a.uid !== null || b.uid !== null ? a.uid === b.uid : a.pid !== null && a.pid === b.pid);
}

/** Whether a fact about a parent goes before another: the earlier one, of one instant always the same one. */
function isEarlier(a: NonNullable<Process["parent"]>, b: Process["parent"]): boolean {
  return b === null || a.ms < b.ms || (a.ms === b.ms && compareText(JSON.stringify(a), JSON.stringify(b)) < 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
