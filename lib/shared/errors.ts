import { lostDatabase } from "./lost-database";
import { systemReason } from "./system-error";

/** Where in a person's input an error stands, and what they can do about it. */
export interface ErrorPlace {
  file?: string;
  line?: number;
  field?: string;
  remedy?: string;
}

export type ErrorCode =
  | "INVALID" // the input is wrong: HTTP 400
  | "NOT_FOUND" // 404
  | "FORBIDDEN" // 403
  | "CONFLICT" // 409
  | "TOO_LARGE" // 413
  | "UNSUPPORTED" // 415
  | "CANCELLED" // 409, by the user's own wish
  | "UNAVAILABLE"; // 503: the database, a folder or a port

/**
 * The only error that operations throw on purpose. The message is one sentence for the person who caused it; place adds
 * file, line, field and remedy. Anything else that is thrown is a defect and reaches users as "unexpected", with its
 * text in the server's log only.
 */
export class SightlineError extends Error {
  override readonly name = "SightlineError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly place: ErrorPlace = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** The sentence with its place in front and its remedy behind: what a terminal or a page prints. */
  sentence(): string {
    const at = [this.place.file, this.place.line === undefined ? undefined : `line ${this.place.line}`, this.place.field]
      .filter((part) => part !== undefined && part !== "")
      .join(", ");
    const remedy = this.place.remedy ? ` ${this.place.remedy}` : "";
    return `${at ? `${at}: ` : ""}${this.message}${remedy}`;
  }
}

/** The sentence of any thrown value; never a stack trace. What the operating system refused comes in words, without a full stop. */
export function errorSentence(error: unknown): string {
  if (error instanceof SightlineError) return error.sentence();
  const reason = lostDatabase(error) ?? systemReason(error);
  if (reason !== null) return reason.words;
  return error instanceof Error ? error.message : String(error);
}
