import type { z } from "zod";
import type { BodyMediaType } from "./endpoint";
import { RequestError } from "./request-error";

/** The body of a request by its schema. @throws RequestError naming each field */
export function readBody<S extends z.ZodType>(schema: S, body: unknown, takes: BodyMediaType): z.output<S> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  if (body === undefined) throw new RequestError([{ field: "body", message: `is missing: this address takes ${takes === "text/csv" ? "a table as text/csv" : "a JSON document"}` }]);
  throw RequestError.of(read.error);
}
