import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { digestOf } from "@/lib/shared/digest";
import { DERIVER_ID, DERIVER_VERSION } from "./derive-dataset";
import { FORMATS } from "./formats/index";

let computed: string | undefined;

/**
 * Digest of the tables that derived rows rest on beside file and options: canonical field names and formats. Components are
 * not among them: they follow from the record kind when an assessment asks.
 */
export function deriverInput(): string {
  computed ??= digestOf({ deriver: DERIVER_ID, version: DERIVER_VERSION, fields: [...CANONICAL_FIELDS.keys()], formats: FORMATS.map(({ id }) => id) });
  return computed;
}
