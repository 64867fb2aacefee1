const SENTENCES: ReadonlyMap<string, string> = new Map([
  ["not-json", "These are not valid JSON."],
  ["too-deep", "These nest values deeper than the limit."],
  ["too-long", "These are longer than the limit for one record."],
  ["not-utf8", "These are not UTF-8 text."],
  ["truncated", "The file ends in the middle of these."],
  ["unknown-record", "These are no records of this format."],
  ["ambiguous-record", "Two formats know these; name the one that is meant."],
  ["not-an-object", "These are JSON, but no objects."],
  ["unsafe-key", "These have a key that no log writes."],
  ["unreadable-record", "These could not be read: a fault of the format's reader."],
  ["bad-xml", "The XML of these is damaged."],
  ["xml-doctype", "These declare a document type or an entity, which is not read."],
  ["damaged-chunk", "These parts of the event log are damaged or were still being written."],
  ["unreadable-binary", "The binary XML of these could not be read."],
  ["not-evtx", "This is not the header of an event log."],
  ["wrong-columns", "These rows do not have the columns of the header."],
]);

/** Why the records of one refusal code were refused, as a sentence that holds for all of them. */
export function describeRefusal(reason: string): string {
  return SENTENCES.get(reason) ?? `These were refused for the reason "${reason}".`;
}
