import { compileItem } from "../evaluate/compile-rule";
import type { RuleView } from "../evaluate/rule-view";
import type { SigmaRule } from "../sigma/rule-types";
import { chooseWitness } from "./choose-witness";
import { buildDecider, type Entry, type ValueDecider } from "./decide-value";
import { planRules, type Program, type Unit } from "./plan-rules";

/** Rules of which some may match, chosen once (for a kind of record) and asked often. */
export interface RuleGroup {
  readonly rules: readonly number[];
}

/** Many rules compiled together. Holds state of the event in hand: one engine serves one thread, one event at a time. */
export interface RuleEngine {
  /** Prepares the rules that one kind of record is routed to. */
  group(rules: readonly number[]): RuleGroup;
  /** Positions of the rules of the group that match, ascending. */
  match(group: RuleGroup, view: RuleView): number[];
}

type Test = () => boolean;
const NONE: readonly number[] = [];

interface Prepared extends RuleGroup {
  readonly always: readonly number[]; // rules that no unit announces
  readonly announced: readonly (readonly number[] | undefined)[]; // by unit: the rules it announces
  readonly slots: readonly number[]; // of the announcing units
}

/**
 * Compiles rules for speed: a rule is looked at only when a unit it cannot match without holds, units are decided once per
 * event and distinct value, and fields that no announced rule asks about are never read. What matches is the same as by
 * compileRule for every rule: held by property tests over random rules and events, and over the corpus.
 */
export function buildRuleEngine(rules: readonly SigmaRule[]): RuleEngine {
  const { slots, units, programs } = planRules(rules);
  const deciders = lazyDeciders(slots.length, units);
  const itemTests = units.map((unit) => (unit.kind === "item" ? compileItem(unit.item) : null));
  const witnesses = programs.map((program) => chooseWitness(program, units));

  let now = 0;
  let view: RuleView = { values: () => null, texts: () => [] };
  const unitStamp = new Uint32Array(units.length);
  const slotStamp = new Uint32Array(slots.length);
  const slotNull = new Uint8Array(slots.length);
  const slotPresent = new Uint8Array(slots.length);
  const ruleStamp = new Uint32Array(rules.length);
  let fired: number[] = []; // units that hold, of the slots read for announcing

  const readSlot = (slot: number): void => {
    if (slotStamp[slot] === now) return;
    slotStamp[slot] = now;
    const field = slots[slot]?.field ?? null;
    const values = field === null ? view.texts() : view.values(field);
    slotPresent[slot] = values === null ? 0 : 1;
    slotNull[slot] = values === null ? 1 : 0;
    if (values === null) return;
    const decider = deciders(slot);
    for (const value of values) {
      if (value === null) slotNull[slot] = 1;
      if (decider === null) continue;
      for (const unit of decider.decide(value)) {
        if (unitStamp[unit] === now) continue;
        unitStamp[unit] = now;
        fired.push(unit);
      }
    }
  };
  const compileUnit = (id: number): Test => {
    const unit = units[id];
    if (unit === undefined) throw new Error(`no unit ${id}`);
    const { slot } = unit;
    if (unit.kind === "value") {
      return () => {
        if (slotStamp[slot] !== now) readSlot(slot);
        return unitStamp[id] === now;
      };
    }
    if (unit.kind === "item") {
      const test = itemTests[id];
      return () => test?.(view) === true;
    }
    const flags = unit.kind === "null" ? slotNull : slotPresent;
    return () => {
      if (slotStamp[slot] !== now) readSlot(slot);
      return flags[slot] === 1;
    };
  };
  const unitTests = units.map((_, id) => compileUnit(id));
  const compile = (program: Program): Test => {
    if (program.kind === "unit") {
      const test = unitTests[program.unit];
      if (test === undefined) throw new Error(`no unit ${program.unit}`);
      return test;
    }
    if (program.kind === "not") {
      const part = compile(program.part);
      return () => !part();
    }
    const parts = program.parts.map(compile);
    return program.kind === "and" ? () => everyHolds(parts) : () => someHolds(parts);
  };
  const tests = programs.map(compile);

  const match = (group: Prepared): number[] => {
    const found: number[] = [];
    fired = [];
    for (const slot of group.slots) readSlot(slot);
    const announcing = fired;
    fired = []; // what later slots add announces nothing
    for (const unit of announcing) {
      for (const rule of group.announced[unit] ?? NONE) {
        if (ruleStamp[rule] === now) continue;
        ruleStamp[rule] = now;
        if (tests[rule]?.() === true) found.push(rule);
      }
    }
    for (const rule of group.always) if (tests[rule]?.() === true) found.push(rule);
    return found.length < 2 ? found : found.sort(ascending);
  };
  const prepare = (chosen: readonly number[]): Prepared => {
    const always: number[] = [];
    const announced: number[][] = [];
    const announcing = new Set<number>();
    for (const rule of chosen) {
      const witness = witnesses[rule] ?? null;
      if (witness === null) always.push(rule);
      else {
        for (const unit of witness.units) {
          announcing.add(unit);
          (announced[unit] ??= []).push(rule);
        }
      }
    }
    return { rules: chosen, always, announced, slots: [...new Set([...announcing].map((unit) => units[unit]?.slot ?? 0))] };
  };
  const prepared = new WeakMap<RuleGroup, Prepared>();
  return {
    group: (chosen) => {
      const own = prepare(chosen);
      prepared.set(own, own);
      return own;
    },
    match: (group, event) => {
      now += 1;
      if (now === 0xffffffff) {
        now = 1;
        for (const stamps of [unitStamp, slotStamp, ruleStamp]) stamps.fill(0);
      }
      view = event;
      const own = prepared.get(group);
      if (own === undefined) throw new Error("this group belongs to another engine");
      return match(own);
    },
  };
}

/** Tables of a field are built when the first event asks for it: rules for a hundred products are read, events of a few come. */
function lazyDeciders(slots: number, units: readonly Unit[]): (slot: number) => ValueDecider | null {
  const entries: Entry[][] = Array.from({ length: slots }, () => []);
  for (const [id, unit] of units.entries()) {
    if (unit.kind === "value") for (const matcher of unit.matchers) entries[unit.slot]?.push({ matcher, units: [id] });
  }
  const built: (ValueDecider | null | undefined)[] = [];
  return (slot) => {
    const known = built[slot];
    if (known !== undefined) return known;
    const own = entries[slot] ?? [];
    entries[slot] = [];
    return (built[slot] = own.length === 0 ? null : buildDecider(own));
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function everyHolds(tests: readonly Test[]): boolean {
  for (const test of tests) if (!test()) return false;
  return true;
}

function someHolds(tests: readonly Test[]): boolean {
  for (const test of tests) if (test()) return true;
  return false;
}
