import type { LogSource } from "@/lib/catalog/types";
import { carriersOf, isOn, withSeen } from "./carriers";
import { componentById } from "./component-index";
import { curatedReference, type CuratedReference } from "./curated-references";
import { equivalenceClassesOf, membersOfClass } from "./equivalence";
import { familyOf, foldName, UNKNOWN_FAMILY } from "./family-of";
import { kindsOfActs, namedActs } from "./named-acts";
import { notProducible, type NotProducible } from "./not-producible";
import { kindsOfName, parseChannel, type CitedKey } from "./parse-channel";
import { carries, familyRunsOn, isFormOf, kindId, splitKind, verdictOnKind } from "./record-kinds";
import { requiredFields } from "./required-fields";
import { withStated } from "./stated-platform";
import type { AcceptedKind, Basis, EventKey, RecordKindId, Resolution, UncitedReason, Verdict } from "./types";

// Families whose channels name their records exactly: a named record that does not carry the component is an error of the
// reference. In the others a name found in prose is a hint, and a hint that fits nothing is put aside.
const EXACT = ["windows-", "macos-esf", "macos-osquery", "linux-osquery", "linux-auditd", "linux-sysmon", "aws-cloudtrail"];

interface Decision {
  readonly basis: Basis;
  readonly verdict: Verdict;
  readonly confidence: Resolution["confidence"];
  readonly reason: string;
  readonly substitute?: string;
  readonly source?: string;
  readonly uncited?: UncitedReason; // where nothing may be cited: why; absent: nobody has judged it
  readonly asCited: readonly RecordKindId[];
  readonly equivalents: readonly RecordKindId[];
}

/**
 * What a log-source reference means in real records (design, section 6).
 *
 * A reference that names event keys accepts those and their equivalence classes; one with a free-text channel accepts every
 * record kind of the platform that carries the component. A reference whose record is never written, or belongs to another
 * system, accepts nothing as cited and only equivalents.
 *
 * @param platform the analytic's platform; null where the release names none (ICS)
 * @param seen record kinds met in the data: open families (any subsystem, any operation) are completed from them
 */
export function resolveLogSource(published: LogSource, platform: string | null, seen: readonly RecordKindId[] = []): Resolution {
  const ref = { ...published, name: foldName(published.name), channel: published.channel.replace(/\s+/g, " ").trim() };
  const family = familyOf(ref.name).id;
  const curated = curatedReference(ref.component.id, ref.name, ref.channel);
  const cited = parseChannel(family, ref.name, ref.channel);
  const own = curated !== null && curated.eventKeys.length > 0 ? curated.eventKeys : cited.map((item) => item.key);
  const acts = own.length === 0 ? namedActs(family, ref.component.id, ref.channel) : [];
  const eventKeys = own.length > 0 ? own : acts.map((name): EventKey => ({ kind: "other", value: name.slice("DC0000/".length) }));
  return finish(ref, family, eventKeys, decide(ref, family, platform, cited, seen), platform, seen);
}

function decide(ref: LogSource, family: string, platform: string | null, cited: readonly CitedKey[], seen: readonly RecordKindId[]): Decision {
  const id = ref.component.id;
  const nothing = { asCited: [], equivalents: [] };
  if (platform === "PRE" || family === "pre-external" || componentById(id)?.kind === "external") {
    return { ...nothing, basis: "component", verdict: "external", confidence: "high", reason: `${ref.component.name} is collected outside the fleet: no sensor of a segment can write it.` };
  }
  const carriers = withSeen(carriersOf(id, platform).kinds, seen, id, platform);
  if (!familyRunsOn(family, platform)) return mismatch(ref, platform, cited, carriers);
  const curated = curatedReference(id, ref.name, ref.channel);
  if (curated !== null) return asJudged(curated, ref, carriers, platform);
  if (cited.length > 0) {
    const decided = fromKeys(ref, family, platform, cited, carriers, seen);
    if (decided.basis !== "component") return decided;
    return byAct(ref, family, platform) ?? decided;
  }
  return byAct(ref, family, platform) ?? byName(ref, family, platform, carriers) ?? byComponent(ref, family, carriers, "The channel is free text");
}

// What somebody judged. Where the words narrow nothing, any record of the component is as good as another: that is by component.
function asJudged({ verdict, confidence, reason, substitute, source, uncited, kinds, classes, anyCarrier }: CuratedReference, ref: LogSource, carriers: readonly RecordKindId[], platform: string | null): Decision {
  const judged = { verdict, confidence, substitute, source, uncited, asCited: kinds };
  if (!anyCarrier) return { ...judged, basis: "curated", reason, equivalents: classes.flatMap(membersOfClass) };
  const rest = carriers.length === 0 ? `${carriersOf(ref.component.id, platform).none?.reason ?? ""}` : `Any record of this platform that carries ${ref.component.name} is accepted.`;
  return { ...judged, basis: "component", reason: `${reason} ${rest}`, equivalents: carriers };
}

function fromKeys(ref: LogSource, family: string, platform: string | null, cited: readonly CitedKey[], carriers: readonly RecordKindId[], seen: readonly RecordKindId[]): Decision {
  const id = ref.component.id;
  const named = cited.flatMap((item) => item.kinds);
  const kinds = [...named, ...seen.filter((kind) => named.some((whole) => isFormOf(kind, whole)))];
  const never = kinds.toSorted((a, b) => Number(carries(b, id)) - Number(carries(a, id))).flatMap((kind): readonly NotProducible[] => asList(notProducible(kind, id)));
  // The record that would have carried the component comes first: its reason is the one to give.
  const possible = kinds.filter((kind) => notProducible(kind, id) === null);
  const fitting = possible.filter((kind) => carries(kind, id) && isOn(kind, platform));
  if (fitting.length > 0) {
    const left = cited.filter((item) => !item.kinds.some((kind) => fitting.includes(kind))).map((item) => item.key.value);
    return {
      basis: "channel",
      verdict: "producible",
      confidence: left.length === 0 && isExact(family) ? "high" : "medium",
      reason: left.length === 0 ? "The channel names its records." : `The channel names its records; left out, because they do not carry ${ref.component.name} or are not written: ${left.join(", ")}.`,
      asCited: fitting,
      equivalents: classmates(fitting, id),
    };
  }
  const [first] = never;
  if (first !== undefined && possible.every((kind) => !carries(kind, id))) {
    const members = [...classmates(kinds, id), ...kindsOfActs((first.classes ?? []).filter((name) => name.startsWith(id)))];
    return { basis: "channel", verdict: "not-producible", confidence: "high", reason: `${first.reason}.`, substitute: first.substitute, source: first.source, asCited: [], equivalents: members };
  }
  const names = cited.map((item) => item.key.value).join(", ");
  if (isExact(family) && possible.length > 0 && possible.every((kind) => verdictOnKind(kind) !== "unknown")) {
    const reason = `${names} is written, but does not carry ${ref.component.name}: any record of this platform that does is accepted.`;
    return { basis: "component", verdict: "producible", confidence: "low", reason, uncited: "other-act", asCited: [], equivalents: carriers };
  }
  return byComponent(ref, family, carriers, isExact(family) ? `Not known to Sightline: ${names}` : "The channel names no record that carries the component");
}

// Prose that names the act: its class is meant, and nothing else that carries the component.
function byAct(ref: LogSource, family: string, platform: string | null): Decision | null {
  const acts = namedActs(family, ref.component.id, ref.channel);
  const members = kindsOfActs(acts).filter((kind) => isOn(kind, platform) && carries(kind, ref.component.id) && notProducible(kind, ref.component.id) === null);
  if (members.length === 0) return null;
  const named = kindsOfName(family, ref.name);
  const asCited = members.filter((kind) => (named.length > 0 ? named.includes(kind) : isOfSource(kind, family)));
  const act = acts.map((name) => name.slice("DC0000/".length)).join(", ");
  const whose = asCited.length > 0 ? "" : ` ${ref.name} itself is not known to write one record per act: others that report it are accepted.`;
  return { basis: "channel", verdict: "producible", confidence: "medium", reason: `The channel's words name the act (${act}).${whose}`, uncited: "not-logged", asCited, equivalents: members };
}

// The name itself is that of one log: free words in the channel say what to look for in it, not where.
function byName(ref: LogSource, family: string, platform: string | null, carriers: readonly RecordKindId[]): Decision | null {
  const all = kindsOfName(family, ref.name);
  const never = all.map((kind) => notProducible(kind, ref.component.id));
  const [first] = never;
  if (first && never.every((item) => item !== null)) {
    const equivalents = carriers.filter((kind) => first.families?.includes(splitKind(kind).family) ?? false);
    return { basis: "channel", verdict: "not-producible", confidence: "high", reason: `${first.reason}.`, substitute: first.substitute, source: first.source, asCited: [], equivalents };
  }
  const named = all.filter((kind) => isOn(kind, platform) && carries(kind, ref.component.id) && notProducible(kind, ref.component.id) === null);
  if (named.length === 0) return null;
  return { basis: "channel", verdict: "producible", confidence: "medium", reason: `${ref.name} names its log${ref.channel === "" ? "" : "; the channel says what to look for in it"}.`, asCited: named, equivalents: classmates(named, ref.component.id) };
}

function byComponent(ref: LogSource, family: string, carriers: readonly RecordKindId[], why: string): Decision {
  const log = kindId(family, ref.name.replace(/^[^:]*:/, "").trim().toLowerCase());
  const ofLog = (kind: RecordKindId): boolean => kind === log || kind.startsWith(`${log}/`);
  const named = carriers.some(ofLog);
  const asCited = carriers.filter((kind) => (named ? ofLog(kind) : isOfSource(kind, family)));
  return {
    basis: "component",
    verdict: "producible",
    confidence: "low",
    reason: `${why}: any record of this platform that carries ${ref.component.name} is accepted.`,
    asCited,
    equivalents: carriers,
  };
}

// "EDR:..." names no product: the records of every endpoint sensor are meant.
function isOfSource(kind: RecordKindId, family: string): boolean {
  const own = splitKind(kind).family;
  return family === "edr-generic" ? own.startsWith("edr-") : own === family;
}

function asList(item: NotProducible | null): readonly NotProducible[] {
  return item === null ? [] : [item];
}

function mismatch(ref: LogSource, platform: string | null, cited: readonly CitedKey[], carriers: readonly RecordKindId[]): Decision {
  const members = classmates(cited.flatMap((item) => item.kinds), ref.component.id).filter((kind) => isOn(kind, platform));
  const equivalents = members.length > 0 ? members : carriers;
  const { substitute = "the same source, in a segment of the platform that writes it" } = substituteOf(equivalents);
  return {
    basis: members.length > 0 ? "channel" : "component",
    verdict: "platform-mismatch",
    confidence: "high",
    reason: `${ref.name} is not a source of ${platform ?? "this platform"}.`,
    substitute,
    asCited: [],
    equivalents,
  };
}

function finish(ref: LogSource, family: string, eventKeys: readonly EventKey[], decision: Decision, platform: string | null, seen: readonly RecordKindId[]): Resolution {
  const id = ref.component.id;
  const accepts = new Map<RecordKindId, AcceptedKind>();
  const add = (kind: RecordKindId, met: AcceptedKind["met"]): void => {
    if (accepts.has(kind) || !carries(kind, id) || !isOn(kind, platform) || notProducible(kind, id) !== null) return;
    accepts.set(kind, { kind, met, fields: requiredFields(id, kind) });
  };
  if (decision.verdict === "producible") for (const kind of withStated(decision.asCited, seen)) add(kind, "as-cited");
  if (decision.verdict !== "external") for (const kind of withStated(decision.equivalents, seen)) add(kind, "equivalent");
  const { basis, verdict, confidence, reason, substitute, source } = decision;
  const uncited = verdict === "producible" && ![...accepts.values()].some(({ met }) => met === "as-cited") ? { uncited: decision.uncited ?? "not-judged" as const } : {};
  return {
    family,
    eventKeys,
    component: { id, name: ref.component.name },
    basis,
    verdict,
    confidence: family === UNKNOWN_FAMILY.id ? "low" : confidence,
    reason,
    ...(substitute === undefined ? {} : { substitute }),
    ...(source === undefined ? {} : { source }),
    ...uncited,
    accepts: [...accepts.values()],
  };
}

function classmates(kinds: readonly RecordKindId[], componentId: string): readonly RecordKindId[] {
  return kinds.flatMap((kind) => equivalenceClassesOf(kind, componentId)).flatMap(membersOfClass);
}

function substituteOf(kinds: readonly RecordKindId[]): { substitute?: string } {
  return kinds.length === 0 ? {} : { substitute: kinds.slice(0, 5).join(", ") + (kinds.length > 5 ? " ..." : "") };
}

function isExact(family: string): boolean {
  return EXACT.some((prefix) => family.startsWith(prefix));
}
