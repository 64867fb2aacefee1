import type { z } from "zod";
import type { RequestFault } from "./request-error";

const KIND: Readonly<Record<string, string>> = { string: "text", number: "a number", int: "a whole number", boolean: "true or false", array: "a list", object: "an object", record: "an object" };
const SIZED: Readonly<Record<string, string>> = { string: " characters", array: " entries" };

/** What is wrong with a field in plain words: the schema library's own speak of its language's types. A member that is unknown is named itself. */
export function sayFaults(issue: z.core.$ZodIssue): RequestFault[] {
  const field = issue.path.map(String).join(".");
  switch (issue.code) {
    case "invalid_type":
      return [{ field, message: issue.message.endsWith("received undefined") ? "is missing" : `must be ${KIND[issue.expected] ?? issue.expected}` }];
    case "invalid_value":
      return [{ field, message: `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}` }];
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ field: [field, key].filter((part) => part !== "").join("."), message: "is not a member of this document" }));
    case "too_big":
      return [{ field, message: `must ${SIZED[issue.origin] === undefined ? "be" : "have"} at most ${String(issue.maximum)}${SIZED[issue.origin] ?? ""}` }];
    case "too_small":
      return [{ field, message: `must ${SIZED[issue.origin] === undefined ? "be" : "have"} at least ${String(issue.minimum)}${SIZED[issue.origin] ?? ""}` }];
    default:
      return [{ field, message: issue.message }];
  }
}
