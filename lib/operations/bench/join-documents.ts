/** Several Sigma files as one text: their documents are one scope, as they are where they come from. */
export function joinDocuments(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/^\uFEFF?(?:---[ \t]*\r?\n)?/, "").trimEnd()).join("\n---\n");
}
