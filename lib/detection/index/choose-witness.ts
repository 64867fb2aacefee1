import type { ValueMatcher } from "../evaluate/compile-matcher";
import type { Program, Unit } from "./plan-rules";

/** Units of which at least one must hold for a rule to match, with a guess of how often one does; null: the rule can match without any. */
export interface Witness {
  readonly units: readonly number[];
  readonly chance: number;
}

/**
 * The units by which a rule is found. Of an AND the rarest part is enough; an OR needs all its parts; what stands behind
 * "not", and questions about absence, prove nothing. Sound by construction: no unit of the witness, no match.
 */
export function chooseWitness(program: Program, units: readonly Unit[]): Witness | null {
  switch (program.kind) {
    case "unit": {
      const unit = units[program.unit];
      return unit?.kind === "value" ? { units: [program.unit], chance: chanceOf(unit.matchers) } : null;
    }
    case "not":
      return null;
    case "and":
      return program.parts.reduce<Witness | null>((best, part) => {
        const own = chooseWitness(part, units);
        return own !== null && (best === null || own.chance < best.chance) ? own : best;
      }, null);
    case "or": {
      const parts: Witness[] = [];
      for (const part of program.parts) {
        const own = chooseWitness(part, units);
        if (own === null) return null;
        parts.push(own);
      }
      return { units: [...new Set(parts.flatMap((part) => part.units))], chance: parts.reduce((sum, part) => sum + part.chance, 0) };
    }
  }
}

/** Longer texts are rarer; whole texts rarer than parts. Only an order: it decides speed, never results. */
function chanceOf(matchers: readonly ValueMatcher[]): number {
  return matchers.reduce((sum, matcher) => sum + chanceOfOne(matcher), 0);
}

function chanceOfOne(matcher: ValueMatcher): number {
  switch (matcher.kind) {
    case "text": {
      const letters = matcher.pattern.reduce((count, token) => count + (token.kind === "text" ? token.text.length : 0), 0);
      return letters === 0 ? 1 : 0.6 ** Math.min(letters, 24);
    }
    case "number":
      return 0.05;
    case "boolean":
      return 0.5;
    case "regex":
      return 0.01;
    case "compare":
    case "time":
      return 0.5;
    case "cidr":
      return 0.2;
  }
}
