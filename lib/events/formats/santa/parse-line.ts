import type { SantaEvent } from "./map-event";

/** What stands in front of the pairs: Santa's own "[time] I santad: ", or an ISO time and a host as syslog writes them. */
const HEAD = /^(?:\[(\d{4}-\d\d-\d\dT[\d:.]+Z)\] [A-Z] santad: |(?:<\d{1,3}>)?(?:1 )?(\d{4}-\d\d-\d\dT\S{8,30}) (\S{1,255}) santad(?:\[\d+\])?:? (?:\[\S+\] [A-Z] santad: )?)(?=action=[A-Z])/;

export interface SantaLine {
  readonly time: string;
  readonly host: string | null;
  readonly event: SantaEvent;
}

export function isSantaLine(line: string): boolean {
  return HEAD.test(line);
}

/**
 * The pairs of a line, in any order. A literal pipe inside a value is written "<pipe>", a line break as \n or \r; a part
 * without "=" belongs to the value before it, which older versions wrote unescaped.
 */
export function parseLine(line: string): SantaLine | null {
  const head = HEAD.exec(line);
  if (head === null) return null;
  const event = new Map<string, string>();
  let last = "";
  for (const part of line.slice(head[0].length).split("|")) {
    const pair = /^([a-z_][a-z0-9_]{0,40})=(.*)$/s.exec(part);
    if (pair === null) {
      if (last !== "") event.set(last, `${event.get(last) ?? ""}|${unescape(part)}`);
      continue;
    }
    const [, key = "", value = ""] = pair;
    if (event.has(key)) continue; // the first one is Santa's: a later one stands inside somebody's arguments
    last = key;
    event.set(key, unescape(value));
  }
  return { time: head[1] ?? head[2] ?? "", host: head[3] ?? null, event };
}

function unescape(value: string): string {
  return value.replaceAll("<pipe>", "|").replaceAll("\\n", "\n").replaceAll("\\r", "\r");
}
