import { compareCodeUnits } from "@/lib/shared/canonical-json";

/** Misspellings that are more than case, spacing or punctuation; as printed in releases 18 to 19.1. */
const TYPOS: readonly (readonly [RegExp, string])[] = [
  [/^MobiledEDR(?=:)/i, "MobileEDR"],
  [/^esxis(?=:)/i, "esxi"],
];

/** Two names of a log source are one when these keys agree: case, white space and punctuation do not count. */
export function logSourceNameKey(name: string): string {
  return correctTypos(name).toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Two channels of one log source are one when these keys agree: case and runs of white space do not count. */
export function channelKey(channel: string): string {
  return channelText(channel).toLowerCase();
}

/** ATT&CK prints the literal "None" where a reference names no channel. */
function channelText(channel: string): string {
  const trimmed = channel.trim().replace(/\s+/g, " ");
  return trimmed === "None" ? "" : trimmed;
}

function correctTypos(name: string): string {
  return TYPOS.reduce((text, [wrong, right]) => text.replace(wrong, right), name.trim());
}

export interface LogSourceFolding {
  name(raw: string): string;
  channel(rawName: string, raw: string): string;
}

/**
 * One spelling per name and per channel within a release: the spelling that most references use, of equals the first in code
 * unit order. Learned from all references of the release, so that it does not depend on the order of objects.
 */
export function learnFolding(references: Iterable<{ readonly name: string; readonly channel: string }>): LogSourceFolding {
  const names = new Map<string, Map<string, number>>();
  const channels = new Map<string, Map<string, number>>();
  for (const { name, channel } of references) {
    count(names, logSourceNameKey(name), correctTypos(name));
    count(channels, pairKey(name, channel), channelText(channel));
  }
  const bestName = mostUsed(names);
  const bestChannel = mostUsed(channels);
  return {
    name: (raw) => bestName.get(logSourceNameKey(raw)) ?? correctTypos(raw),
    channel: (rawName, raw) => bestChannel.get(pairKey(rawName, raw)) ?? channelText(raw),
  };
}

function pairKey(name: string, channel: string): string {
  return `${logSourceNameKey(name)}\n${channelKey(channel)}`;
}

function count(into: Map<string, Map<string, number>>, key: string, spelling: string): void {
  const spellings = into.get(key) ?? new Map<string, number>();
  spellings.set(spelling, (spellings.get(spelling) ?? 0) + 1);
  into.set(key, spellings);
}

function mostUsed(counted: Map<string, Map<string, number>>): Map<string, string> {
  const best = new Map<string, string>();
  for (const [key, spellings] of counted) {
    const ranked = [...spellings].sort(([a, n], [b, m]) => m - n || compareCodeUnits(a, b));
    best.set(key, ranked[0]?.[0] ?? "");
  }
  return best;
}
