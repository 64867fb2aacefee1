import { SightlineError } from "@/lib/shared/errors";
import { isOn } from "../carriers";
import { componentById } from "../component-index";
import { familyById } from "../family-of";
import { kindsOfFamily, platformsOfKind, splitKind } from "../record-kinds";
import type { OverrideDoc, OverrideScope } from "./override";

const REASON = { shortest: 10, longest: 2_000 };
const MOST_KINDS = 100;

/**
 * Checks what an engineer wants to say of a log source, before anything is written. A record kind may be one of ours, or any
 * key of a family we know (open families have keys that no table lists).
 *
 * @throws SightlineError INVALID naming the field
 */
export function checkOverride(scope: OverrideScope, doc: OverrideDoc, reason: string): void {
  const text = reason.trim();
  if (text.length < REASON.shortest || text.length > REASON.longest) {
    throw new SightlineError("INVALID", `An override needs a reason of ${REASON.shortest} to ${REASON.longest} characters.`, { field: "reason", remedy: "Say what you saw, where, and who can confirm it." });
  }
  if (componentById(scope.component) === null) throw new SightlineError("INVALID", `${scope.component} is not a data component.`, { field: "component" });
  const kinds = [...doc.asCited, ...doc.equivalents];
  if (kinds.length > MOST_KINDS) throw new SightlineError("INVALID", `An override names at most ${MOST_KINDS} record kinds.`, { field: "kinds" });
  for (const kind of kinds) checkKind(kind, scope.platform);
  const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at);
  if (twice !== undefined) throw new SightlineError("INVALID", `${twice} is named twice.`, { field: "kinds" });
  if (doc.verdict === "producible" && kinds.length === 0) {
    throw new SightlineError("INVALID", "A log source that can be produced needs at least one record kind.", { field: "kinds", remedy: "Name the kinds, or say not-producible." });
  }
  if (doc.verdict !== "producible" && doc.asCited.length > 0) {
    throw new SightlineError("INVALID", "What is not produced as cited can have equivalents only.", { field: "asCited", remedy: "Name the kinds as equivalents, or say producible." });
  }
  if (doc.verdict === "not-producible" && (doc.substitute ?? "").trim() === "") {
    throw new SightlineError("INVALID", "Say what to collect in its place.", { field: "substitute", remedy: "Write none when there is nothing." });
  }
}

function checkKind(kind: string, platform: string | null): void {
  const { family, key } = splitKind(kind);
  if (familyById(family) === null) throw new SightlineError("INVALID", `"${kind}" names no family that Sightline knows.`, { field: "kinds", remedy: "Write family:key, such as windows-sysmon:1 or macos-esf:exec." });
  if (key.trim() === "" || key !== key.trim() || key.includes("*")) throw new SightlineError("INVALID", `"${kind}" names no single event key.`, { field: "kinds", remedy: example(family) });
  if (!isOn(kind, platform)) {
    throw new SightlineError("INVALID", `${kind} cannot come from ${platform ?? "this platform"}.`, { field: "kinds", remedy: `It comes from ${platformsOfKind(kind).join(", ") || "no platform that is known"}.` });
  }
}

function example(family: string): string {
  const [first] = kindsOfFamily(family);
  return first === undefined ? "Write family:key." : `Write family:key, such as ${first}.`;
}
