import { percentDigits } from "@/lib/shared/format-share";
import { counted, formatCount } from "@/lib/shared/format-number";
import { statusTitle } from "@/components/status/status-glyph";
import type { GroupNumber } from "./read-numbers";

/** "partial, stale; 37.5 percent of the weight, 3 of 8 cells observed" */
export function sayNumber(number: GroupNumber | undefined): string {
  if (number === undefined) return "not applicable";
  const share = number.value === null ? "" : `${percentDigits(number.value)} percent by weight, `;
  return `${statusTitle(number.status, number.flags)}; ${share}${formatCount(number.k)} of ${counted(number.n, "cell")} observed`;
}

export interface SaidCell {
  readonly id: string;
  readonly name: string;
  readonly whole: boolean;
  readonly below: number;
  readonly aside: boolean;
  readonly subs: string; // by status, in words
  readonly groups: readonly string[]; // chosen ones that use it
  readonly layer: string; // what the one that is laid over says of it, beside what is proven
  readonly gained: readonly string[]; // what a choice would add, in words
  readonly numbers: readonly { readonly scope: string; readonly number: GroupNumber | undefined }[];
}

/** Everything that a cell of the matrix shows, in one line for its title and for readers of the screen. */
export function sayCell({ id, name, whole, below, aside, subs, groups, layer, gained, numbers }: SaidCell): string {
  const who = `${id} ${name}${whole && below > 0 ? `, with ${counted(below, "sub-technique")}` : below > 0 ? ", by itself" : ""}`;
  const said = numbers.length === 1 ? sayNumber(numbers[0]?.number) : numbers.map(({ scope, number }) => `${scope}: ${sayNumber(number)}`).join(". ");
  return [`${who}: ${said}`, ...(subs === "" ? [] : [`sub-techniques: ${subs}`]), ...(groups.length === 0 ? [] : [`used by ${groups.join(", ")}`]), ...(layer === "" ? [] : [layer]), ...gained, ...(aside ? ["here for its sub-techniques alone"] : [])].join(". ");
}
