import { readDeviceTime } from "../../time/read-syslog-time";
import { readIsoTime, type TimeReading } from "../../time/read-time";

/** What stands before and in the mnemonic of a Cisco message. */
export interface CiscoHeader {
  readonly facility: string;
  readonly severity: number;
  readonly mnemonic: string;
  readonly message: string;
  readonly host: string | null;
  readonly readTime: (zone: string, reference: number | undefined) => TimeReading;
}

const MNEMONIC = /%([A-Z][A-Z0-9_]*)(?:-[A-Za-z0-9_]+)??-([0-7])-([A-Z0-9_]+):(?: |$)/y;
const TIME = /([*.]?)([A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)(?: ([A-Z]{3,5})(?=:| ))?/y;
const SEQUENCE = /(?:\d{1,10}|\d{1,3}[wdy]\w{1,8})(?=:)/y; // a number, or the time since the start ("1w2d")
const HOST = /[A-Za-z0-9_][\w.-]{0,254}/y;
const BETWEEN = /[ :]*/y;

/** Where a mnemonic may begin at the latest: a header is short. */
const LONGEST_HEADER = 200;
/** A relay's and the device's own. */
const MOST_TIMES = 2;
const MOST_NAMES = 2;

/** The header of a line, or null where it is none of Cisco's. Nothing may stand before the mnemonic that is not read. */
export function readCiscoHeader(line: string): CiscoHeader | null {
  const at = line.indexOf("%");
  if (at < 0 || at > LONGEST_HEADER) return null;
  const match = takeAt(MNEMONIC, line, at);
  if (match === null) return null;
  const [whole, facility = "", severity = "", mnemonic = ""] = match;
  const before = readParts(line.slice(0, at));
  if (before === null) return null;
  return { facility, severity: Number(severity), mnemonic, message: line.slice(at + whole.length), host: before.host, readTime: (zone, reference) => readTime(before.times, zone, reference) };
}

interface Stamp {
  readonly text: string;
  readonly unsure: boolean; // a star: the device's clock was never set
}

/** The times and the first name of a header; null when something else stands there. */
function readParts(header: string): { times: readonly Stamp[]; host: string | null } | null {
  const times: Stamp[] = [];
  const names: string[] = [];
  let at = /^(?:<\d{1,3}>)?[ :]*/.exec(header)?.[0].length ?? 0;
  while (at < header.length) {
    const time = takeAt(TIME, header, at);
    const number = time === null ? takeAt(SEQUENCE, header, at) : null;
    const taken = time ?? number ?? takeAt(HOST, header, at);
    if (taken === null) return null;
    if (time !== null) times.push({ text: `${time[2] ?? ""}${/^(?:UTC|GMT)$/.test(time[3] ?? "") ? " UTC" : ""}`, unsure: time[1] === "*" });
    else if (number === null) {
      // A name stands behind a time or before a colon; words of a sentence do neither.
      if ((times.length === 0 || names.length > 0) && !/^ ?:/.test(header.slice(at + taken[0].length))) return null;
      names.push(taken[0]);
    }
    if (times.length > MOST_TIMES || names.length > MOST_NAMES) return null;
    at += taken[0].length;
    at += takeAt(BETWEEN, header, at)?.[0].length ?? 0;
  }
  return { times, host: names[0] ?? null };
}

/**
 * The device's own time, which may be finer and name its year. A starred one is of a clock that was never set, and counts for
 * none: the relay's stands for it.
 */
function readTime(times: readonly Stamp[], zone: string, reference: number | undefined): TimeReading {
  const stamp = times.findLast(({ unsure }) => !unsure);
  if (stamp === undefined) return { untimed: "no-time" };
  return /^\d/.test(stamp.text) ? readIsoTime(stamp.text, "TIMESTAMP", zone) : readDeviceTime(stamp.text, "TIMESTAMP", zone, reference);
}

function takeAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
