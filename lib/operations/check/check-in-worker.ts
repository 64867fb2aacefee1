import type { SegmentSample } from "@/lib/detection/check/check-types";
import type { CheckedSource, RulePlace } from "@/lib/detection/check/read-checked-rules";
import type { FieldRenames } from "@/lib/detection/rules/mappings/field-mapping";
import { SightlineError } from "@/lib/shared/errors";
import type { SentVerdict } from "@/lib/workers/check-messages";
import { CheckThread, CheckThreadLost, type CheckLimits } from "./check-thread";
import { nameOfPlace } from "./read-rule-set";

const LIMITS: CheckLimits = { fileMs: 15_000, linkMs: 120_000, ruleMs: 15_000, memoryMb: 2048, lookMs: 100 };
const MOST_LOST = 10; // files and rules that took the thread with them, before the check is refused as a whole

/** Rules that are asked about one segment after another, in a thread with limits. */
export interface OpenCheck {
  /** Reads the rules; else the first question does. */
  read(): Promise<void>;
  /** What was found, by the name of each rule's place. @throws SightlineError TOO_LARGE when many rules take too much; what the signal says */
  check(sample: SegmentSample): Promise<ReadonlyMap<string, SentVerdict>>;
  /** What a rule takes that is refused for it, in words; null: none. The same for every segment, those asked before included. */
  exceeded(place: RulePlace): string | null;
  close(): Promise<void>;
}

/**
 * Opens a check of rules. A file or rule that takes more time or memory than one may is left out, and the others are decided without it.
 *
 * @param onFile number of files read so far
 */
export function openCheck(given: { readonly sources: readonly CheckedSource[]; readonly renames: readonly FieldRenames[] }, watch: { readonly signal: AbortSignal; readonly onFile: (done: number) => void }, limits: CheckLimits = LIMITS): OpenCheck {
  let sources = given.sources;
  let thread: CheckThread | null = null;
  let places: readonly (readonly RulePlace[])[] = [];
  const stopped: RulePlace[] = [];
  const why = new Map<string, string>(); // by the name of a place, or of a whole file

  const start = async (): Promise<CheckThread> => {
    thread = new CheckThread({ sources, renames: given.renames, stopped }, limits, watch.signal, watch.onFile);
    const ready = await thread.ask(null);
    if (ready.type !== "ready") throw new Error(ready.type === "failed" ? ready.message : `reading was answered by ${ready.type}`);
    places = [ready.rules, ready.correlations];
    return thread;
  };
  const close = async (): Promise<void> => {
    const ended = thread;
    thread = null;
    await ended?.end();
  };
  /** Leaves out what the thread was at. */
  const leaveOut = (lost: CheckThreadLost): void => {
    const file = lost.phase === "reading" ? fileAt(sources, lost.position) : null;
    const rule = lost.phase === "weighing" ? (places[0]?.[lost.position] ?? null) : null;
    const culprit = file ?? rule;
    if (culprit === null || why.size >= MOST_LOST) throw new SightlineError("TOO_LARGE", `Checking these rules takes ${lost.why}.`, { ...(culprit === null ? {} : { file: culprit.file }), remedy: "Remove the rules of a source that is not needed, or those that are unusually long." });
    why.set(file === null ? nameOfPlace(culprit) : nameOfFile(culprit), lost.why);
    if (file === null) stopped.push(culprit);
    else sources = sources.map((one) => (one.sourceId === file.sourceId ? { ...one, files: one.files.filter(({ path }) => path !== file.file) } : one));
  };

  const during = async <T>(ask: (thread: CheckThread) => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await ask(thread ?? (await start()));
      } catch (error) {
        await close();
        if (!(error instanceof CheckThreadLost)) throw error;
        leaveOut(error);
      }
    }
  };

  return {
    close,
    exceeded: (place) => why.get(nameOfPlace(place)) ?? why.get(nameOfFile(place)) ?? null,
    read: () => during(() => Promise.resolve()),
    check: (sample) =>
      during(async (asked) => {
        const answer = await asked.ask({ sample });
        if (answer.type !== "verdicts") throw new Error(answer.type === "failed" ? answer.message : `a sample was answered by ${answer.type}`);
        const verdicts = [answer.rules, answer.correlations];
        return new Map(places.flatMap((own, kind) => own.flatMap((place, i) => verdicts[kind]?.slice(i, i + 1).map((verdict) => [nameOfPlace(place), verdict] as const) ?? [])));
      }),
  };
}

function nameOfFile({ sourceId, file }: RulePlace): string {
  return `${sourceId} ${file}`;
}

/** A file by its number over all sources; document 0 stands for all of it. */
function fileAt(sources: readonly CheckedSource[], number: number): RulePlace | null {
  let left = number;
  for (const { sourceId, files } of sources) {
    const file = files[left];
    if (file !== undefined) return { sourceId, file: file.path, document: 0 };
    left -= files.length;
  }
  return null;
}
