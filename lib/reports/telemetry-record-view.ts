import type { CanonicalFields, ParsedRecord } from "@/lib/events/types";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { isAbout } from "@/lib/telemetry/fill-shape";
import { componentById } from "@/lib/telemetry/component-index";
import { componentsOfKind } from "@/lib/telemetry/record-kinds";
import { requiredFields } from "@/lib/telemetry/required-fields";

/** A data component that a record carries by its kind, and whether it fills what a proof of it needs. */
export interface CarriedComponent {
  readonly id: string;
  readonly name: string;
  readonly filled: readonly string[]; // required fields that the record fills; a group of which one suffices as "a or b"
  readonly missing: readonly string[];
  readonly another: string | null; // the class of object that it is about, where that is not the component's
  readonly analytics: readonly { readonly id: string; readonly met: "as-cited" | "equivalent" }[]; // applicable here, that such a record serves
}

export interface NativeField {
  readonly path: string;
  readonly value: string;
}

/** One record of a file, whole. Times in ms. */
export interface RecordDetailView {
  readonly dataset: { readonly id: string; readonly segmentId: string; readonly segment: string; readonly fileName: string; readonly format: string; readonly contentDigest: string; readonly total: number };
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string; // of the record's own bytes
  readonly raw: string;
  readonly cut: boolean; // the text above is only the beginning
  readonly time: { readonly ms: number; readonly text: string; readonly precision: string; readonly zone: string; readonly field: string } | null;
  readonly untimed: string;
  readonly host: string;
  readonly kind: string;
  readonly format: string | null; // of the record, in a mixed file
  readonly canonical: readonly { readonly id: string; readonly meaning: string; readonly value: string }[];
  readonly redacted: readonly string[];
  readonly native: readonly NativeField[];
  readonly components: readonly CarriedComponent[];
  readonly refused: { readonly reason: string; readonly message: string } | null;
  readonly json: string; // all of the above as it is copied
}

const MOST_NATIVE = 400;
const MOST_VALUE = 4000;

/** Leaves of a native record with their paths, in its own order; long values are cut, and the list after MOST_NATIVE. */
export function flattenNative(native: unknown): NativeField[] {
  const found: NativeField[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (found.length >= MOST_NATIVE) return;
    if (Array.isArray(value) && value.length > 0 && depth < 12) value.forEach((item, index) => walk(item, `${path}[${index}]`, depth + 1));
    else if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0 && depth < 12) for (const [key, item] of Object.entries(value)) walk(item, path === "" ? key : `${path}.${key}`, depth + 1);
    else found.push({ path: path || "record", value: (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, MOST_VALUE) });
  };
  walk(native, "", 0);
  return found;
}

/** The canonical fields of a record with what they mean, by name. */
export function listCanonical(fields: CanonicalFields): RecordDetailView["canonical"] {
  return Object.entries(fields)
    .map(([id, value]) => ({ id, meaning: CANONICAL_FIELDS.get(id)?.meaning ?? "", value: String(value) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The components that a record carries by its kind, with what it fills of each.
 *
 * @param serving analytics that a record of this kind and component serves here
 */
export function listCarried(record: Pick<ParsedRecord, "kind" | "fields" | "objectClass">, serving: (component: string) => CarriedComponent["analytics"]): CarriedComponent[] {
  const kind = `${record.kind.family}:${record.kind.key}`;
  return componentsOfKind(kind).map((id) => {
    const { required, anyOf, objects } = requiredFields(id, kind);
    const groups = [...required.map((field) => [field]), ...anyOf];
    const has = (group: readonly string[]): boolean => group.some((field) => field in record.fields);
    const name = (group: readonly string[]): string => group.join(" or ");
    return {
      id,
      name: componentById(id)?.name ?? id,
      filled: groups.filter(has).map(name),
      missing: groups.filter((group) => !has(group)).map(name),
      another: isAbout(objects, record.objectClass ?? null) ? null : (record.objectClass ?? null),
      analytics: serving(id),
    };
  });
}
