import { formatById } from "@/lib/events/formats/index";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { isOn } from "@/lib/telemetry/carriers";
import { componentById } from "@/lib/telemetry/component-index";
import { notProducible } from "@/lib/telemetry/not-producible";
import { carries, splitKind } from "@/lib/telemetry/record-kinds";
import type { RecordKindId } from "@/lib/telemetry/types";
import { rulesFeedingOnly } from "../correlate/correlate";
import { viewRecord } from "../evaluate/rule-view";
import { accepts, facetsOf, type Facets } from "../route/facets-of";
import { sourceOf } from "../route/source-of";
import type { RuleSet } from "../sigma/link-rules";
import type { RulePath } from "../sigma/rule-fault";
import { findSignal, linkPackRules } from "./link-pack-rules";
import { expandKinds } from "./pack-requirements";
import type { Pack, PackRefusal } from "./pack-schema";
import { faultOfValue, readSetting, writeSetting } from "./tune-rules";

type Refuse = (path: RulePath, message: string, remedy: string) => PackRefusal;
type Check = (path: RulePath, message: string, remedy: string) => void;

/** What the schema cannot see: that every name leads somewhere, that records can show what they are said to, that rules hold. */
export function checkPack(pack: Pack, refuse: Refuse): PackRefusal[] {
  const refused: PackRefusal[] = [];
  const fault: Check = (path, message, remedy) => void refused.push(refuse(path, message, remedy));
  checkTwins(pack, fault);
  checkRequirements(pack, fault);
  checkJoins(pack, fault);
  checkElements(pack, fault);
  if (refused.length > 0) return refused; // rules are read with the elements' values
  const set = linkPackRules(pack);
  for (const { file, line, title, message, remedy } of set.refused) refused.push({ file, line, field: title ?? "", message, remedy });
  for (const { file, message } of set.warnings) refused.push({ file, line: null, field: "", message, remedy: "A pack's rules give no warnings." });
  if (refused.length > 0) return refused;
  checkSignals(pack, set, fault);
  checkReach(pack, set, fault);
  checkTests(pack, set, fault);
  checkValues(pack, fault);
  return refused;
}

function checkTwins({ manifest }: Pack, fault: Check): void {
  const lists = { requirements: manifest.requirements.map(({ id }) => id), joins: manifest.joins.map(({ id }) => id), elements: manifest.elements.map(({ name }) => name), samples: manifest.samples.map(({ file }) => file), tests: manifest.tests.map(({ name }) => name), rules: manifest.rules, signals: manifest.signals };
  for (const [list, names] of Object.entries(lists)) {
    const twin = names.findIndex((name, i) => names.indexOf(name) !== i);
    if (twin !== -1) fault([list, twin], `"${names[twin] ?? ""}" stands twice in ${list}.`, "Give each its own name.");
  }
}

function checkRequirements({ manifest: { requirements, left, platform } }: Pack, fault: Check): void {
  const ids = new Set(requirements.map(({ id }) => id));
  for (const [i, requirement] of requirements.entries()) {
    const { component, fields } = requirement;
    if (componentById(component) === null) fault(["requirements", i, "component"], `"${component}" is no data component that Sightline knows.`, "Give the DC id of a component of the release named under attack.");
    if (requirement.asCited.length + requirement.equivalents.length === 0) fault(["requirements", i], "No record kind can show this requirement.", "Name record kinds under asCited or equivalents.");
    for (const list of ["asCited", "equivalents"] as const) {
      for (const [j, pattern] of requirement[list].entries()) {
        const path = ["requirements", i, list, j];
        const kinds = expandKinds(pattern, component, platform);
        if (kinds.length === 0) fault(path, `No record of "${pattern}" carries ${component} on ${platform}.`, "Name a record kind as `sightline events show` prints it; lib/telemetry/tables say what carries what.");
        for (const kind of kinds) {
          const never = notProducible(kind, component);
          if (never !== null) fault(path, `${never.reason}.`, `Collect instead: ${never.substitute}.`);
          else if (!carries(kind, component)) fault(path, `Records of ${kind} do not carry ${component}.`, "Name kinds that report this act.");
          else if (!isOn(kind, platform)) fault(path, `Records of ${kind} do not come from ${platform}.`, "Name kinds of the pack's platform.");
        }
      }
    }
    for (const field of [...fields.required, ...fields.anyOf.flat()]) if (!CANONICAL_FIELDS.has(field)) fault(["requirements", i, "fields"], `"${field}" is no canonical field.`, "lib/telemetry/canonical-fields.json lists them.");
  }
  for (const [i, { instead }] of left.entries()) if (instead !== null && !ids.has(instead)) fault(["left", i, "instead"], `There is no requirement "${instead}".`, "Name one of the pack's requirements, or null.");
}

function checkJoins({ manifest: { requirements, joins } }: Pack, fault: Check): void {
  const ids = new Set(requirements.map(({ id }) => id));
  const critical = new Set(requirements.flatMap((one) => (one.critical ? [one.id] : [])));
  for (const [i, { from, to }] of joins.entries()) {
    for (const end of ["from", "to"] as const) if (!ids.has(end === "from" ? from : to)) fault(["joins", i, end], `There is no requirement "${end === "from" ? from : to}".`, "Join requirements of this pack.");
    if (from === to) fault(["joins", i], "A requirement is joined with itself.", "Name two requirements.");
    const loose = [from, to].find((id) => ids.has(id) && !critical.has(id));
    if (loose !== undefined) fault(["joins", i], `"${loose}" is not critical, and an edge to it would decide nevertheless.`, "Join critical requirements only.");
  }
}

function checkElements({ manifest, rules }: Pack, fault: Check): void {
  const text = rules.map((rule) => rule.text).join("\n");
  for (const [i, element] of manifest.elements.entries()) {
    if (element.kind === "list") {
      if (!text.includes(`%${element.name}%`)) fault(["elements", i], `No rule uses %${element.name}%.`, "Use it with the modifier expand, or delete the element.");
      if (element.default.length > element.bounds.most) fault(["elements", i, "default"], "The default has more entries than its bounds allow.", "Raise the bound.");
      continue;
    }
    const { least, most } = element.bounds;
    if (element.default < least || element.default > most) fault(["elements", i, "default"], `The default is outside its bounds (${least} to ${most}).`, "Correct one of them.");
    for (const [j, place] of element.sets.entries()) {
      const found = rules.map((rule) => readSetting(rule.text, place)).find((value) => value !== undefined);
      const wanted = writeSetting(element, element.default);
      if (found !== wanted) fault(["elements", i, "sets", j], `"${place.in}" has ${found === undefined ? "nothing" : String(found)} at ${place.path.join(" > ")}, and the default is ${wanted}.`, "The rules hold the defaults, so that they work without the pack.");
    }
  }
}

/** A kind that proves a requirement and that no rule is ever shown would make the analytic look observable where nothing looks. */
function checkReach({ manifest: { requirements, platform } }: Pack, { rules }: RuleSet, fault: Check): void {
  for (const [i, requirement] of requirements.entries()) {
    for (const list of ["asCited", "equivalents"] as const) {
      for (const [j, pattern] of requirement[list].entries()) {
        const kinds = expandKinds(pattern, requirement.component, platform);
        const unseen = kinds.find((kind) => !rules.some(({ logsource }) => accepts(logsource, facetsOfKind(kind))));
        if (unseen !== undefined) fault(["requirements", i, list, j], `No rule of the pack is shown records of ${unseen}.`, "Add a rule for their logsource, or do not count them; docs/sigma.md, 24.");
      }
    }
  }
}

/** An audited call that opens files is a file event only where it makes one: such a record is meant. */
function facetsOfKind(kind: RecordKindId): Facets {
  const record = { kind: splitKind(kind), fields: {}, native: { nametype: "CREATE" } };
  return facetsOf(sourceOf(record, viewRecord(record)));
}

function checkSignals({ manifest: { signals, severity } }: Pack, set: RuleSet, fault: Check): void {
  const hidden = rulesFeedingOnly(set.correlations);
  const inner = new Set(set.correlations.flatMap(({ generate, references }) => (generate ? [] : references.flatMap(({ kind, index }) => (kind === "correlation" ? [index] : [])))));
  for (const [i, name] of signals.entries()) {
    const found = findSignal(set, name);
    if (found === null) fault(["signals", i], `No rule or correlation has the name "${name}".`, "Give the document that name.");
    else if ((found.kind === "rule" ? hidden : inner).has(found.index)) fault(["signals", i], `"${name}" only feeds correlations, so it never alerts by itself.`, 'Say "generate: true" in the correlation, or leave it out.');
  }
  const unnamed = [...set.rules, ...set.correlations].find(({ meta }) => meta.name === null);
  if (unnamed !== undefined) fault(["rules"], `"${unnamed.meta.title}" has no name.`, "Give every rule and correlation of a pack a name.");
  const levels = signals.flatMap((name) => levelOf(set, name) ?? []);
  if (levels.length > 0 && !levels.includes(severity)) fault(["severity"], `The pack says ${severity}, and its signals say ${levels.join(", ")}.`, "The severity is that of the gravest signal.");
}

function levelOf(set: RuleSet, name: string): string | null {
  const found = findSignal(set, name);
  if (found === null) return null;
  return (found.kind === "rule" ? set.rules[found.index] : set.correlations[found.index])?.meta.level ?? null;
}

/** What a test sets must suit the elements, as a team's values must. */
function checkValues(pack: Pack, fault: Check): void {
  for (const [i, { values }] of pack.manifest.tests.entries()) {
    for (const [name, value] of Object.entries(values)) {
      const wrong = faultOfValue(pack.manifest, name, value);
      if (wrong !== null) fault(["tests", i, "values", name], wrong, "Give a value as a team would.");
    }
  }
}

function checkTests({ manifest: { tests, samples, signals } }: Pack, set: RuleSet, fault: Check): void {
  const files = new Set(samples.map(({ file }) => file));
  const names = new Set(signals);
  const used = new Set(tests.flatMap((test) => test.samples));
  const stages = new Set(set.correlations.flatMap(({ rules }) => rules));
  for (const [i, { format, file }] of samples.entries()) {
    if (formatById(format) === undefined) fault(["samples", i, "format"], `"${format}" is no format of events.`, "lib/events/formats/index.ts lists them.");
    if (!used.has(file)) fault(["samples", i], `No test reads ${file}.`, "Use it in a test, or delete it.");
  }
  for (const [i, test] of tests.entries()) {
    for (const [j, file] of test.samples.entries()) if (!files.has(file)) fault(["tests", i, "samples", j], `${file} is not among the samples.`, "List it under samples, with its format.");
    for (const [j, name] of test.fires.entries()) if (!names.has(name)) fault(["tests", i, "fires", j], `"${name}" is no signal of this pack.`, "Name one of its signals.");
    for (const [j, miss] of test.misses.entries()) {
      if (!names.has(miss.signal)) fault(["tests", i, "misses", j, "signal"], `"${miss.signal}" is no signal of this pack.`, "Name one of its signals.");
      if (test.fires.includes(miss.signal)) fault(["tests", i, "misses", j, "signal"], `"${miss.signal}" cannot both fire and miss.`, "Keep one of them.");
      const about = findSignal(set, miss.signal);
      if (about !== null && (about.kind === "rule") !== (miss.reason === "not-matched")) fault(["tests", i, "misses", j, "reason"], `"${miss.signal}" is a ${about.kind}: ${about.kind === "rule" ? "a rule does not match" : "a correlation lacks a stage, order, window or join"}.`, "Give the reason that explain gives.");
      if ("stage" in miss && !stages.has(miss.stage)) fault(["tests", i, "misses", j, "stage"], `No correlation has a stage "${miss.stage}".`, "Name the stage as the correlation does.");
    }
    if (test.kind === "true-positive" && test.fires.length === 0) fault(["tests", i, "fires"], "A true positive fires something.", "Name the signals.");
    if (test.kind === "benign" && (test.fires.length > 0 || test.misses.length > 0)) fault(["tests", i], "A benign sample fires nothing, and says no more.", "Make it a near miss, or leave fires and misses out.");
    if (test.kind === "near-miss" && test.misses.length === 0) fault(["tests", i, "misses"], "A near miss says what it misses, and why.", "Name the signal, the reason and the stage.");
  }
  for (const kind of ["true-positive", "benign", "near-miss"] as const) if (!tests.some((test) => test.kind === kind)) fault(["tests"], `No test is a ${kind}.`, "A pack shows what fires, what does not, and what only just does not.");
  for (const name of signals) if (!tests.some(({ fires }) => fires.includes(name))) fault(["tests"], `No test makes "${name}" fire.`, "Add a true positive for it.");
}
