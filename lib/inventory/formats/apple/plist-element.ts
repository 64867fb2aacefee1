import type { XmlElement } from "../../read-xml";

/** The entries of a property list's dict; empty for another element. A key that stands there twice keeps its first value. */
export function entriesOf(element: XmlElement | undefined): ReadonlyMap<string, XmlElement> {
  const entries = new Map<string, XmlElement>();
  if (element?.name !== "dict") return entries;
  element.children.forEach((child, index) => {
    const value = element.children[index + 1];
    const key = child.text.trim();
    if (child.name === "key" && value !== undefined && value.name !== "key" && !entries.has(key)) entries.set(key, value);
  });
  return entries;
}

/** The elements of an array; empty for another element. */
export function itemsOf(element: XmlElement | undefined): readonly XmlElement[] {
  return element?.name === "array" ? element.children : [];
}

/** The text of a string, integer or date; "" for another element. */
export function textOf(element: XmlElement | undefined): string {
  return element !== undefined && element.children.length === 0 && element.name !== "data" ? element.text.trim() : "";
}

/** true or false; null where it is neither (an integer counts: 0 is false). */
export function flagOf(element: XmlElement | undefined): boolean | null {
  if (element?.name === "true") return true;
  if (element?.name === "false") return false;
  return element?.name === "integer" ? textOf(element) !== "0" : null;
}
