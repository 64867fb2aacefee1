/*
 * A fill shape is the set of canonical fields that a record fills, as a list of texts. Two more things decide what a record
 * can prove and are neither fields nor filled: "~field" is a field whose value the source hid, "@class" the class of object
 * that the record is about. Whoever asks what is filled goes by the bare field id, so that neither is ever taken for one.
 */
const REDACTED = "~";
const CLASS = "@";

/** What the shape holds for a field whose value is a redaction mark. */
export function redactedEntry(field: string): string {
  return `${REDACTED}${field}`;
}

/** What the shape holds for the class of object that the record is about. */
export function classEntry(objectClass: string): string {
  return `${CLASS}${objectClass}`;
}

/** The canonical fields that are filled, without what the shape says beside them. For lists that people read. */
export function filledFields(shape: readonly string[]): string[] {
  return shape.filter((entry) => !entry.startsWith(REDACTED) && !entry.startsWith(CLASS));
}

/** The class of object that records of this shape are about; null: they do not say. */
export function classOfShape(shape: readonly string[]): string | null {
  return shape.find((entry) => entry.startsWith(CLASS))?.slice(CLASS.length) ?? null;
}

/** Whether a record of this class can be one of a component that is about these objects. A record that states no class can. */
export function isAbout(objects: readonly string[] | undefined, objectClass: string | null): boolean {
  return objects === undefined || objectClass === null || objects.includes(objectClass);
}
