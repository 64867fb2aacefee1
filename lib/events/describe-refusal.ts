const SENTENCES: ReadonlyMap<string, string> = new Map([
  ["not-json", "These are not valid JSON."],
  ["too-deep", "These nest values deeper than the limit."],
  ["too-long", "These are longer than the limit for one record."],
  ["not-utf8", "These are not UTF-8 text."],
  ["truncated", "The file ends in the middle of these."],
  ["unknown-record", "These are no records of this format."],
]);

/** Why the records of one refusal code were refused, as a sentence that holds for all of them. */
export function describeRefusal(reason: string): string {
  return SENTENCES.get(reason) ?? `These were refused for the reason "${reason}".`;
}
