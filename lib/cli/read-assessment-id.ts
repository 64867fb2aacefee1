import { SightlineError } from "@/lib/shared/errors";

/** The id of an assessment as people write it: 42 or A-0042; undefined gives null, the newest. @throws SightlineError INVALID */
export function readAssessmentId(text: string | undefined): number | null {
  if (text === undefined) return null;
  const digits = /^(?:A-)?0*(\d{1,9})$/i.exec(text.trim())?.[1];
  if (digits === undefined) throw new SightlineError("INVALID", `"${text}" is not the number of an assessment.`, { field: "assessment" });
  return Number(digits);
}
