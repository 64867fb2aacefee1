import { peelJson } from "./peel-json";
import { parseJsonText, peelText } from "./peel-text";
import type { JsonObject } from "./plain-value";

/** One way to look at a record: as a JSON object or as text. */
export type View = { readonly json: JsonObject } | { readonly text: string };

/** The same record without and with what was taken off, outermost first. */
export interface Views {
  readonly views: readonly View[];
  readonly peeled: readonly string[]; // the wrappers by name, outermost first
  readonly host: string | null; // whose the innermost wrapper that says so says it is
  readonly time: string | null; // and when, as it is written there
}

const MOST_WRAPPERS = 6;

/**
 * Looks into a record through whatever collectors put around it: a Splunk export around syslog around JSON gives four
 * views. Which of them is a record is for the formats to say.
 */
export function viewRecord(outermost: View, maxDepth: number): Views {
  let view: View | null = outermost;
  const views: View[] = [];
  const peeled: string[] = [];
  let host: string | null = null;
  let time: string | null = null;
  while (view !== null && views.length <= MOST_WRAPPERS) {
    views.push(view);
    const found: { inner: View; wrapper: string | null; host: string | null; time: string | null } | null = "json" in view ? lookInside(view.json) : lookBehind(view.text, maxDepth);
    if (found === null) break;
    if (found.wrapper !== null) peeled.push(found.wrapper);
    host = found.host ?? host;
    time = found.time ?? time;
    view = found.inner;
  }
  return { views, peeled, host, time };
}

function lookInside(value: JsonObject) {
  const found = peelJson(value);
  if (found === null) return null;
  return { ...found, inner: typeof found.inner === "string" ? { text: found.inner.trim() } : { json: found.inner } };
}

function lookBehind(text: string, maxDepth: number) {
  const json = parseJsonText(text, maxDepth);
  if (json !== null) return { inner: { json }, wrapper: null, host: null, time: null };
  const found = peelText(text);
  return found === null ? null : { ...found, inner: { text: found.rest.trim() } };
}
