/** Keys and list positions from the document's root to what is wrong. */
export type RulePath = readonly (string | number)[];

/** Something in a rule that cannot be honoured: thrown while parsing, caught per document, shown with file, line and remedy. */
export class RuleFault extends Error {
  constructor(
    readonly path: RulePath,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** The path as people read it: detection.selection[1].Image|endswith */
export function sayPath(path: RulePath): string {
  return path.reduce<string>((text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`), "");
}
