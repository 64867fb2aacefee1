import { z } from "zod";
import table from "./logsource-platforms.json";
import type { SigmaLogsource } from "../sigma/rule-types";

/** The ATT&CK platforms that a rule speaks about. components: only analytics that ask for one of them; null: any. */
export interface RulePlatforms {
  readonly platforms: readonly string[];
  readonly components: readonly string[] | null;
}

const word = z.string().nullable().optional();
const rows = z.array(z.object({ product: word, category: word, service: word, platforms: z.array(z.string()), components: z.array(z.string()).optional() })).parse(table.rows);

/**
 * Platforms by a rule's logsource, so that a rule for Windows is never proposed for a Mac. None where the logsource does not
 * say (an application, a category without a product): such rules are linked by hand.
 */
export function logsourcePlatforms(source: SigmaLogsource): RulePlatforms {
  const row = rows.find((one) => fits(one.product, source.product) && fits(one.category, source.category) && fits(one.service, source.service));
  return { platforms: row?.platforms ?? [], components: row?.components ?? null };
}

/** A column that a row leaves out fits anything. */
function fits(wanted: string | null | undefined, given: string | null): boolean {
  return wanted === undefined || wanted === given;
}
