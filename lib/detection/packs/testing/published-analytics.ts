import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStarterCatalog } from "@/lib/catalog/parse-starter-catalog";
import { parseStixBundle } from "@/lib/catalog/parse-stix-bundle";
import type { Analytic } from "@/lib/catalog/types";
import { PACKS } from "./pack-folders";

const RELEASE = "attack/enterprise-attack-19.1-detect-stix21.json.gz";

/** An analytic as ATT&CK publishes it: from the starter catalogue, else from the samples folder; null where neither has it. */
export function publishedAnalytic(id: string, samples: string): Analytic | null {
  starter ??= byId(parseStarterCatalog(readFileSync(join(PACKS, "../starter/enterprise-19.1.json"), "utf8")).linked.analytics);
  const known = starter.get(id);
  if (known !== undefined) return known;
  const file = join(samples, RELEASE);
  if (!existsSync(file)) return null;
  full ??= byId(linkCatalog(parseStixBundle(gunzipSync(readFileSync(file)), file), "enterprise").analytics);
  return full.get(id) ?? null;
}

let starter: ReadonlyMap<string, Analytic> | undefined;
let full: ReadonlyMap<string, Analytic> | undefined;

function byId(analytics: readonly Analytic[]): ReadonlyMap<string, Analytic> {
  return new Map(analytics.map((analytic) => [analytic.id, analytic]));
}
