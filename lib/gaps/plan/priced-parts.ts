import { chooseAtPrice } from "./choose-best";
import type { Solver } from "./linear-program";
import type { Program } from "./reduce-model";
import { splitProgram } from "./split-program";
import { weighChoice, type Choice } from "./weigh-choice";

/**
 * A program that decides by a price of money. At a fixed price segments that share no licence decide for themselves, so a fleet is as
 * many small programs; between two prices at which one decides the same, it decides the same at every price.
 */
export interface PricedParts {
  readonly nothing: Choice;
  readonly least: number; // a price so low that everything that wins anything is bought
  /** The choice with the most value less price x cost; if proven, no other choice has more value for as little cost. */
  at(price: number): { readonly choice: Choice; readonly proven: boolean };
  /** A good choice within a budget, and what no choice within it can exceed. */
  within(budget: number): { readonly choice: Choice; readonly bound: number };
}

/** @param seconds that one part may take at one price */
export function openParts(program: Program, solver: Solver, seconds: () => number): PricedParts {
  const parts = splitProgram(program).map((part) => openPart(part.program, part.actions, solver, seconds));
  const all = program.costs.reduce((sum, cost) => sum + cost, 0) + program.needCosts.reduce((sum, cost) => sum + cost, 0);
  const least = 0.4 / Math.max(1, all);
  const join = (choices: readonly { readonly actions: readonly number[]; readonly choice: Choice }[]): Choice => weighChoice(program, new Set(choices.flatMap(({ actions, choice }) => [...choice.actions].map((action) => actions[action] ?? -1))));
  const at: PricedParts["at"] = (price) => {
    const found = parts.map((part) => ({ actions: part.actions, ...part.at(price) }));
    return { choice: join(found), proven: found.every(({ proven }) => proven) };
  };
  return {
    nothing: weighChoice(program, new Set()),
    least,
    at,
    within(budget) {
      const everything = at(least);
      if (everything.choice.cost <= budget) return { choice: everything.choice, bound: everything.proven ? everything.choice.value : Infinity };
      // The price at which the choice just fits: halved on a scale of ratios.
      let [low, high] = [least, 1 + program.items.reduce((sum, { value }) => sum + value, 0)];
      let bound = Infinity;
      for (let step = 0; step < 40 && high / low > 1 + 1e-6; step += 1) {
        const price = Math.sqrt(low * high);
        const { choice, proven } = at(price);
        if (proven) bound = Math.min(bound, choice.value + price * (budget - choice.cost));
        if (choice.cost <= budget) high = price;
        else low = price;
      }
      const base = parts.map((part) => ({ part, now: part.at(high).choice }));
      let left = budget - base.reduce((sum, { now }) => sum + now.cost, 0);
      // What is left buys the best of the steps that the parts would take next.
      const steps = base.flatMap(({ part, now }, n) => part.known().filter((next) => next.value > now.value && next.cost > now.cost).map((next) => ({ n, next, rate: (next.value - now.value) / (next.cost - now.cost) })));
      const taken = base.map(({ now }) => now);
      for (const { n, next } of steps.sort((a, b) => b.rate - a.rate)) {
        const now = taken[n];
        if (now === undefined || next.value <= now.value || next.cost - now.cost > left) continue;
        left -= next.cost - now.cost;
        taken[n] = next;
      }
      return { choice: join(base.map(({ part }, n) => ({ actions: part.actions, choice: taken[n] ?? part.nothing }))), bound };
    },
  };
}

interface OpenPart {
  readonly actions: readonly number[]; // positions in the whole
  readonly nothing: Choice;
  at(price: number): { readonly choice: Choice; readonly proven: boolean };
  known(): readonly Choice[];
}

function openPart(program: Program, actions: readonly number[], solver: Solver, seconds: () => number): OpenPart {
  const known: { price: number; choice: Choice; proven: boolean }[] = []; // by price
  return {
    actions,
    nothing: weighChoice(program, new Set()),
    known: () => known.map(({ choice }) => choice),
    at(price) {
      const position = known.findIndex((one) => one.price >= price);
      const [dearer, cheaper] = [position < 0 ? undefined : known[position], known[(position < 0 ? known.length : position) - 1]];
      if (dearer !== undefined && (dearer.price === price || (cheaper !== undefined && cheaper.choice.cost === dearer.choice.cost && cheaper.choice.value === dearer.choice.value))) return dearer;
      const { status, choice } = chooseAtPrice(program, price, solver, seconds());
      const found = { price, choice, proven: status === "optimal" };
      known.splice(position < 0 ? known.length : position, 0, found);
      return found;
    },
  };
}
