import { z } from "zod";
import { httpStatusOf } from "@/lib/shared/http-status";
import { SightlineError } from "@/lib/shared/errors";
import { RequestError } from "./request-error";

export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/**
 * What every refusal answers: problem details (RFC 9457) with our own members. code: the word for programs; field, line, file
 * and remedy: where it stands and what to do; faults: each field of a request that does not fit the document.
 */
export const problemSchema = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  file: z.string().optional(),
  line: z.int().optional(),
  field: z.string().optional(),
  remedy: z.string().optional(),
  faults: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  421: "Misdirected Request",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** A problem of a status that no thrown error stands for. */
export function makeProblem(status: number, code: string, detail: string, more: Partial<Problem> = {}): Problem {
  return { type: "about:blank", title: TITLES[status] ?? "Error", status, detail, code, ...more };
}

/** The problem of anything thrown; null for a defect, whose text stays in the server's log. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof RequestError) return makeProblem(400, "INVALID", `The request does not fit the document: ${error.message}.`, { faults: [...error.faults], ...(error.faults[0] === undefined ? {} : { field: error.faults[0].field }) });
  if (error instanceof SightlineError) return makeProblem(httpStatusOf(error.code), error.code, error.message, error.place);
  return null;
}
