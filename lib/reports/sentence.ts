/** Generated prose: plain parts and parts set stronger. Pages draw it, tests and exports read plainText. */
export type Sentence = readonly (string | { readonly strong: string })[];

/** A sentence without its emphasis: for titles, labels and readers of the screen. */
export function plainText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : part.strong)).join("");
}

export const strong = (text: string): { readonly strong: string } => ({ strong: text });
