import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import type { Scalar } from "../evaluate/rule-view";

/** Whether a value says something: what sensors write for nothing ("-", "?", "(null)") groups nothing and is no value to count. */
export function isFilled(value: Scalar): boolean {
  return value !== null && !isEmptyValue(value);
}

/** The text by which values are equal: without regard to case, as Sigma compares texts, and 22 is "22". */
export function joinText(value: Scalar): string {
  return String(value).toLowerCase();
}
