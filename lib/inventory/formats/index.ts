import { SightlineError } from "@/lib/shared/errors";
import { appleProfile } from "./apple-profile";
import { auditdRules } from "./auditd-rules";
import { auditpolCsv } from "./auditpol-csv";
import { cloudtrailSelectors } from "./cloudtrail-selectors";
import { dettectTechniques } from "./dettect-techniques";
import { dettectYaml } from "./dettect-yaml";
import { elasticFleet } from "./elastic-fleet";
import { flowCsv } from "./flow-csv";
import type { InventoryFile, InventoryFormat } from "./inventory-format";
import { osqueryConfig } from "./osquery-config";
import { recogniseOther } from "./recognise-other";
import { sightlineCsv } from "./sightline-csv";
import { sightlineJson } from "./sightline-json";
import { sysmonConfig } from "./sysmon-config";

/** Every inventory format, in the order in which they look at a file. */
export const INVENTORY_FORMATS: readonly InventoryFormat[] = [
  dettectYaml,
  dettectTechniques,
  sightlineJson,
  sightlineCsv,
  sysmonConfig,
  auditdRules,
  auditpolCsv,
  osqueryConfig,
  appleProfile,
  cloudtrailSelectors,
  elasticFleet,
  flowCsv,
];

/**
 * The format of a file: the one asked for, else the first that recognises the content (the name never decides).
 *
 * @throws SightlineError UNSUPPORTED when none does, or when the file is known to be something else; INVALID for an unknown format id.
 */
export function detectInventoryFormat(file: InventoryFile, asked?: string): { readonly format: InventoryFormat; readonly evidence: readonly string[] } {
  if (asked !== undefined) {
    const format = INVENTORY_FORMATS.find(({ id }) => id === asked);
    if (format) return { format, evidence: ["chosen by you"] };
    throw new SightlineError("INVALID", `There is no inventory format "${asked}".`, { remedy: `Use one of: ${INVENTORY_FORMATS.map(({ id }) => id).join(", ")}.` });
  }
  for (const format of INVENTORY_FORMATS) {
    const { verdict, evidence } = format.sniff(file);
    if (verdict === "yes") return { format, evidence };
  }
  const other = recogniseOther(file.text);
  throw new SightlineError("UNSUPPORTED", other ?? "The content is no inventory that Sightline knows.", {
    file: file.name,
    remedy: `Inventories are: ${INVENTORY_FORMATS.map(({ label }) => label).join("; ")}.`,
  });
}
