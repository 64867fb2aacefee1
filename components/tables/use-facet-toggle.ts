import { useCallback } from "react";

type Choices<F extends string> = Readonly<Record<F, readonly string[]>>;

/**
 * Ticks or unticks one value of a facet in the address. A name that is no facet of this table changes nothing.
 *
 * @param facets the table's own, a constant
 * @param setState of the table's part of the address, where each facet holds the values that are ticked
 */
export function useFacetToggle<F extends string>(facets: readonly F[], setState: (change: (now: Choices<F>) => Partial<Record<F, string[]>>) => unknown): (name: string, value: string, on: boolean) => void {
  return useCallback(
    (name, value, on) => {
      const facet = facets.find((one) => one === name);
      if (facet === undefined) return;
      setState((now) => {
        const change: Partial<Record<F, string[]>> = {};
        change[facet] = on ? [...now[facet], value] : now[facet].filter((other) => other !== value);
        return change;
      });
    },
    [facets, setState],
  );
}
