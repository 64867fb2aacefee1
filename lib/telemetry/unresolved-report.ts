import type { LogSource } from "@/lib/catalog/types";
import { familyOf, UNKNOWN_FAMILY } from "./family-of";
import { componentById } from "./component-index";
import { notProducible } from "./not-producible";
import { parseChannel } from "./parse-channel";
import { verdictOnKind } from "./record-kinds";
import type { UncitedReason } from "./types";
import { resolveLogSource } from "./resolve-log-source";

/** A reference that Sightline cannot fully say what it means, and what is missing. */
export interface UnresolvedReference {
  readonly ref: LogSource;
  readonly platform: string | null;
  /**
   * unknown-source: no family; unknown-component: not in our table; unknown-key: the channel names a record nobody judged;
   * no-carrier: nothing on the platform is known to carry the component, and nobody judged what to collect instead; no-cited-kind: the source itself has no record
   * kind for the component, so that only others can prove it; why says which reason was found (types.ts).
   */
  readonly what: "unknown-source" | "unknown-component" | "unknown-key" | "no-carrier" | "no-cited-kind";
  readonly detail: string;
  readonly why?: UncitedReason;
}

/** What is not yet known about these references, each listed with all that is missing: counted, never guessed. External references are not asked for. */
export function unresolvedReport(refs: readonly { readonly ref: LogSource; readonly platform: string | null }[]): readonly UnresolvedReference[] {
  return refs.flatMap(({ ref, platform }) => {
    const found: UnresolvedReference[] = [];
    const add = (what: UnresolvedReference["what"], detail: string, why?: UncitedReason): void => void found.push({ ref, platform, what, detail, ...(why === undefined ? {} : { why }) });
    const family = familyOf(ref.name).id;
    if (family === UNKNOWN_FAMILY.id) add("unknown-source", ref.name);
    if (componentById(ref.component.id) === null) add("unknown-component", ref.component.id);
    const resolution = resolveLogSource(ref, platform);
    if (resolution.verdict === "external") return found;
    if (resolution.basis !== "curated") {
      const unknown = parseChannel(family, ref.name, ref.channel).filter((item) => !item.kinds.some((kind) => verdictOnKind(kind) !== "unknown" || notProducible(kind, ref.component.id) !== null));
      if (unknown.length > 0 && resolution.verdict === "producible") add("unknown-key", unknown.map((item) => item.key.value).join(", "));
    }
    if (resolution.accepts.length === 0 && resolution.substitute === undefined) add("no-carrier", resolution.reason, resolution.uncited);
    else if (resolution.uncited !== undefined) add("no-cited-kind", resolution.reason, resolution.uncited);
    return found;
  });
}
