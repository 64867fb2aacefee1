import table from "./canonical-fields.json";
import { isRedactionMark } from "./redaction-marks";

/** One of Sightline's own field names, with the names other taxonomies use for the same thing (null: they have no agreed one). */
export interface CanonicalField {
  readonly id: string;
  readonly sigma: string | null;
  readonly ecs: string | null;
  readonly ocsf: string | null;
  readonly meaning: string;
}

/** Every canonical field by id. One taxonomy name may serve two fields (Sigma's Hashes: process, file and module). */
export const CANONICAL_FIELDS: ReadonlyMap<string, CanonicalField> = new Map(table.map((field) => [field.id, field]));

// What sensors write where they know nothing. Compared in lower case, trimmed.
const EMPTY_TEXTS = new Set(["", "-", "?", "(null)", "null", "n/a", "<private>", "<<private>>", "(none)", "(empty)", "<unknown process>", "(invalid)"]);

// Longer than every text that says nothing, redaction marks included.
const LONGEST_NOTHING = 100;

// Fields that hold an id: there, the all-zero GUID means "no id". In registry data or a message it may be real content.
const ID_FIELDS = new Set(["proc_uid", "session_id", "conn_uid", "cred_id", "device_id", "instance_id", "container_id", "snapshot_id", "volume_id"]);
const ZERO_GUID = /^\{?0{8}-0{4}-0{4}-0{4}-0{12}\}?$/;

// Audit's login uid of a process that nobody logged in for: (uint32) -1, spelt three ways. In any other field the number is a number.
const UNSET_USERS = new Set(["4294967295", "-1", "unset"]);

/**
 * Whether a native value says nothing, so that the field counts as not filled. Formats leave such values out of canonical fields.
 * Zero and false are values; so is "unknown", which some products use as a name or a verdict. A redaction mark is none.
 *
 * @param value as the record holds it
 * @param field canonical field id, where known: adds the zero GUID for ids, the null logon session 0x0, and audit's unset user
 */
export function isEmptyValue(value: unknown, field?: string): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "number") return Number.isNaN(value) || (field === "user" && UNSET_USERS.has(String(value)));
  if (Array.isArray(value)) return value.every((item) => isEmptyValue(item, field));
  if (typeof value !== "string") return false;
  const trimmed = value.trim();
  if (trimmed.length > LONGEST_NOTHING) return false;
  const text = trimmed.toLowerCase();
  if (EMPTY_TEXTS.has(text) || isRedactionMark(text)) return true;
  if (field === undefined) return false;
  if (field === "user") return UNSET_USERS.has(text);
  if (field === "session_id" && /^0x0+$/.test(text)) return true;
  return ID_FIELDS.has(field) && ZERO_GUID.test(text);
}
