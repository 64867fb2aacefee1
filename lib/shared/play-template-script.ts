import type { TemplateScope } from "./expand-template";
import type { Assignment, Scene, TemplateScript } from "./parse-template-script";
import { seededRandom, shuffled, type SeededRandom } from "./seeded-random";

/** How often a scene is played: on so many of the units (the first of a seeded order), so many times on each. */
export interface ScenePlan {
  readonly scene: string;
  readonly units: number;
  readonly times: number;
}

export interface Performance {
  readonly seed: string;
  readonly script: TemplateScript;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly unitNames: readonly string[];
  readonly constants: Readonly<Record<string, string>>;
  readonly plan: readonly ScenePlan[];
  readonly fromMs: number;
  readonly toMs: number;
}

export interface PlayedRecord {
  readonly atMs: number;
  readonly unit: string;
  readonly text: string;
}

interface Unit {
  readonly name: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly counters: Map<string, number>;
}

interface Instance {
  readonly unit: Unit;
  readonly scene: Scene;
  readonly startMs: number;
  readonly random: SeededRandom;
  variables: ReadonlyMap<string, string> | null;
}

/**
 * Plays the scenes over the units and the time span and yields the records in the order of their time; counters
 * ({{next ...}}) therefore grow with time on each unit. The same performance gives the same text on every machine.
 *
 * @throws Error for an unknown scene, or for a plan that wants more units than there are.
 */
export function* playTemplateScript(show: Performance): Generator<PlayedRecord> {
  const units = new Map(show.unitNames.map((name, index) => [name, makeUnit(show, name, index)]));
  const queue: { atMs: number; order: number; instance: Instance; step: number }[] = [];
  for (const plan of show.plan) {
    const scene = show.script.scenes.get(plan.scene);
    if (!scene) throw new Error(`template script: unknown scene "${plan.scene}"`);
    if (plan.units > units.size) throw new Error(`scene "${plan.scene}" wants ${plan.units} of ${units.size} units`);
    const chosen = shuffled(show.unitNames, seededRandom(`${show.seed}/order`)).slice(0, plan.units);
    const length = Math.max(0, ...scene.steps.map((step) => step.offsetMs));
    for (const name of chosen) {
      const unit = units.get(name);
      for (let run = 0; unit && run < plan.times; run += 1) {
        const random = seededRandom(`${show.seed}/${name}/${plan.scene}/${run}`);
        const startMs = random.int(show.fromMs, Math.max(show.fromMs, show.toMs - length));
        const instance: Instance = { unit, scene, startMs, random, variables: null };
        scene.steps.forEach((step, index) => queue.push({ atMs: startMs + step.offsetMs, order: queue.length, instance, step: index }));
      }
    }
  }
  queue.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
  for (const entry of queue) yield { atMs: entry.atMs, unit: entry.instance.unit.name, text: renderStep(show, entry.instance, entry.step, entry.atMs) };
}

function makeUnit(show: Performance, name: string, index: number): Unit {
  const counters = new Map<string, number>();
  const known = new Map([...Object.entries(show.constants), ["unit", name], ["number", String(index + 1)]]);
  const scope = { lists: show.lists, counters, random: seededRandom(`${show.seed}/${name}`), atMs: show.fromMs };
  return { name, variables: assign(show.script.unit, known, scope), counters };
}

function renderStep(show: Performance, instance: Instance, index: number, atMs: number): string {
  const scope = { lists: show.lists, counters: instance.unit.counters, random: instance.random, atMs };
  instance.variables ??= assign(instance.scene.values, instance.unit.variables, { ...scope, atMs: instance.startMs });
  const step = instance.scene.steps[index];
  const shape = step && show.script.records.get(step.record);
  if (!step || !shape) throw new Error("template script: a scene changed while it was played");
  const given = assign(step.values, instance.variables, scope);
  const missing = shape.defaults.filter((value) => !given.has(value.name));
  return shape.text({ ...scope, variables: assign(missing, given, scope) });
}

function assign(values: readonly Assignment[], known: ReadonlyMap<string, string>, scope: Omit<TemplateScope, "variables">): ReadonlyMap<string, string> {
  if (values.length === 0) return known;
  const variables = new Map(known);
  for (const { name, value } of values) variables.set(name, value({ ...scope, variables }));
  return variables;
}
