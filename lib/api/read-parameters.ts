import { z } from "zod";
import { RequestError } from "./request-error";

const YES_NO: Readonly<Record<string, boolean>> = { true: true, false: false };

/**
 * The texts of a path or a query string as the schema wants them: whole numbers, true or false, lists separated by commas.
 * A name that is unknown, or given twice, is refused and never left out silently.
 *
 * @throws RequestError naming each field
 */
export function readParameters<S extends z.ZodObject>(schema: S, pairs: readonly (readonly [string, string])[]): z.output<S> {
  const given: Record<string, unknown> = {};
  for (const [name, text] of pairs) {
    const wanted = schema.shape[name];
    if (wanted === undefined) throw new RequestError([{ field: name, message: "is not a parameter of this address" }]);
    if (name in given) throw new RequestError([{ field: name, message: "is given twice" }]);
    given[name] = valueOf(wanted, text);
  }
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw RequestError.of(read.error);
}

/** What stays text where it is none of the wanted kind is refused by the schema, in its own words. */
function valueOf(wanted: z.core.$ZodType, text: string): unknown {
  if (wanted instanceof z.ZodOptional || wanted instanceof z.ZodDefault) return valueOf(wanted.def.innerType, text);
  if (wanted instanceof z.ZodArray) return text === "" ? [] : text.split(",").map((part) => valueOf(wanted.def.element, part.trim()));
  if (wanted instanceof z.ZodNumber) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (wanted instanceof z.ZodBoolean) return YES_NO[text] ?? text;
  return text;
}
