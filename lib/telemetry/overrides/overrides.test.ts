import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { referenceDigest } from "../reference-digest";
import { resolveLogSource } from "../resolve-log-source";
import { checkOverride } from "./check-override";
import { overrideConcerns, overrideScopeKey, overridesInForce, type OverrideDoc, type OverrideScope, type ResolutionOverride } from "./override";
import { resolveWithOverrides } from "./resolve-with-overrides";

const source = { component: { id: "DC0082", name: "Network Connection Creation" }, name: "macos:endpointsecurity", channel: "ES_EVENT_TYPE_NOTIFY_CONNECT" };
const reference = referenceDigest(source.component.id, source.name, source.channel);
const scope: OverrideScope = { component: "DC0082", name: source.name, channel: source.channel, platform: null, analytic: null };
const doc: OverrideDoc = { asCited: ["macos-esf:reserved_3"], equivalents: ["nsm-zeek:conn"], verdict: "producible" };

function override(part: Partial<ResolutionOverride> = {}): ResolutionOverride {
  const { platform = null, analytic = null } = part;
  return { ...scope, reference, scope: overrideScopeKey(reference, platform, analytic), version: 1, state: "set", doc, reason: "Our sensor reads the reserved events", at: "2026-11-21T10:00:00.000Z", by: "ana", ...part };
}

describe("an override", () => {
  test("stands in place of our reading, with its author's reason, and names what it accepts", () => {
    const resolution = resolveWithOverrides([override()]).resolve(source, "macOS", "AN0598");
    expect([resolution.basis, resolution.verdict, resolution.confidence]).toEqual(["curated", "producible", "high"]);
    expect(resolution.accepts.map(({ kind, met }) => [kind, met])).toEqual([["macos-esf:reserved_3", "as-cited"], ["nsm-zeek:conn", "equivalent"]]);
    expect(resolution.reason).toBe("Override 1 by ana: Our sensor reads the reserved events.");
    expect(resolution.eventKeys).toEqual([{ kind: "es_event", value: "reserved_3" }]);
    expect(resolution.override?.concerns).toEqual(["Sightline's tables do not say that macos-esf:reserved_3 carries this component."]);
  });

  test("leaves every other log source as it was, and case and blanks of its own do not matter", () => {
    const resolver = resolveWithOverrides([override()]);
    const other = { ...source, channel: "ES_EVENT_TYPE_NOTIFY_UIPC_CONNECT" };
    expect(resolver.resolve(other, "macOS", null)).toEqual(resolveLogSource(other, "macOS"));
    expect(resolver.find({ ...source, name: " MACOS:endpointsecurity", channel: " es_event_type_notify_connect " }, "macOS", null)?.version).toBe(1);
  });

  test("for one analytic goes before one for a platform, and that before one for all", () => {
    const all = override({ reason: "for all of them" });
    const mac = override({ platform: "macOS", reason: "for the platform" });
    const one = override({ analytic: "AN0598", reason: "for the analytic" });
    const resolver = resolveWithOverrides([all, mac, one]);
    expect(resolver.find(source, "macOS", "AN0598")?.reason).toBe("for the analytic");
    expect(resolver.find(source, "macOS", "AN9999")?.reason).toBe("for the platform");
    expect(resolver.find(source, "Linux", null)?.reason).toBe("for all of them");
    expect([resolver.hasOwn("AN0598"), resolver.hasOwn("AN9999")]).toEqual([true, false]);
  });

  test("that nothing can be collected accepts nothing as cited and names the substitute", () => {
    const never = override({ doc: { asCited: [], equivalents: ["nsm-zeek:conn"], verdict: "not-producible", substitute: "network sensor" } });
    const resolution = resolveWithOverrides([never]).resolve(source, "macOS", null);
    expect([resolution.verdict, resolution.substitute]).toEqual(["not-producible", "network sensor"]);
    expect(resolution.accepts.map(({ met }) => met)).toEqual(["equivalent"]);
  });

  test("never lets a record of another platform count", () => {
    const wide = override({ doc: { asCited: ["windows-sysmon:3", "macos-esf:reserved_3"], equivalents: [], verdict: "producible" } });
    expect(resolveWithOverrides([wide]).resolve(source, "macOS", null).accepts.map(({ kind }) => kind)).toEqual(["macos-esf:reserved_3"]);
  });

  test("that revives a record held to be impossible says so", () => {
    expect(overrideConcerns({ component: "DC0032", doc: { asCited: ["macos-osquery:process_events"], equivalents: [], verdict: "producible" } })).toMatchObject([{ code: "revives-not-producible", kind: "macos-osquery:process_events" }]);
    expect(overrideConcerns({ component: "DC0032", doc: { asCited: ["macos-esf:exec"], equivalents: [], verdict: "producible" } })).toEqual([]);
  });
});

describe("versions", () => {
  test("the newest of a scope holds, unless it is a withdrawal; order does not matter", () => {
    const first = override({ reason: "the first version" });
    const second = override({ version: 2, reason: "the second version" });
    const gone = override({ version: 3, state: "withdrawn" });
    const mac = override({ platform: "macOS" });
    expect(overridesInForce([second, first]).map(({ version }) => version)).toEqual([2]);
    expect(overridesInForce([gone, mac, second, first]).map(({ platform }) => platform)).toEqual(["macOS"]);
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second, gone, mac], { minLength: 4 }), (shuffled) => {
        expect(overridesInForce(shuffled)).toEqual(overridesInForce([first, second, gone, mac]));
      }),
    );
  });
});

describe("checking an override", () => {
  const refused: readonly (readonly [string, Partial<OverrideScope>, Partial<OverrideDoc>, string, string])[] = [
    ["no reason", {}, {}, "because", "reason"],
    ["a family nobody knows", {}, { asCited: ["my-sensor:1"] }, "seen on mac-014", "kinds"],
    ["no key", {}, { asCited: ["macos-esf:"] }, "seen on mac-014", "kinds"],
    ["a pattern in place of a key", {}, { asCited: ["macos-esf:*"] }, "seen on mac-014", "kinds"],
    ["a kind of another platform", { platform: "macOS" }, { asCited: ["windows-sysmon:3"] }, "seen on mac-014", "kinds"],
    ["a kind named twice", {}, { equivalents: ["macos-esf:reserved_3"] }, "seen on mac-014", "kinds"],
    ["producible without a kind", {}, { asCited: [], equivalents: [] }, "seen on mac-014", "kinds"],
    ["kinds as cited of what is never written", {}, { verdict: "not-producible", substitute: "x" }, "seen on mac-014", "asCited"],
    ["never written, and nothing in its place", {}, { verdict: "not-producible", asCited: [] }, "seen on mac-014", "substitute"],
    ["a component that does not exist", { component: "DC9999" }, {}, "seen on mac-014", "component"],
  ];

  test.each(refused)("refuses %s and names the field", (_, scopePart, docPart, reason, field) => {
    try {
      checkOverride({ ...scope, ...scopePart }, { ...doc, ...docPart }, reason);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SightlineError);
      expect(error).toMatchObject({ code: "INVALID", place: { field } });
    }
  });

  test("takes any key of a family we know: open families have more than the tables name", () => {
    expect(() => checkOverride({ ...scope, platform: "macOS" }, doc, "seen on mac-014 since May")).not.toThrow();
  });
});
