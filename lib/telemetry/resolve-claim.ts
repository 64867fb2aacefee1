import { componentByName } from "./component-index";
import { familyOf, UNKNOWN_FAMILY } from "./family-of";
import { notProducible } from "./not-producible";
import { parseChannel } from "./parse-channel";
import { isOn, withSeen } from "./carriers";
import { carries, componentsOfKind, familyRunsOn, kindsOfFamily, knownKinds } from "./record-kinds";
import { withStated } from "./stated-platform";
import type { RecordKindId } from "./types";

/** What an inventory row speaks of. */
export interface ClaimedKinds {
  readonly family: string; // "unknown" where the log source is not one of ours
  readonly kinds: readonly RecordKindId[];
  readonly impossible?: string; // why what is claimed can never be collected; then kinds is empty
}

/**
 * The record kinds that an inventory row claims to collect: those its channel names, else all of the log source, narrowed
 * to its component when one is given (name or DC id). A log source that is not known claims nothing by itself; with a
 * component it claims every record kind of the platform that carries it, since that is what its author says.
 *
 * @param seen record kinds met in the data or asked for by requirements: open families are completed from them
 */
export function kindsOfClaim(
  row: { readonly logSource: string; readonly channel: string; readonly component: string },
  platform: string | null,
  seen: readonly RecordKindId[] = [],
): ClaimedKinds {
  const family = familyOf(row.logSource).id;
  const component = row.component.trim() === "" ? null : componentByName(row.component);
  if (row.component.trim() !== "" && component === null) return { family, kinds: [] };
  const fits = (kind: RecordKindId): boolean => isOn(kind, platform) && componentsOfKind(kind).length > 0 && (component === null || carries(kind, component.id));
  if (family === UNKNOWN_FAMILY.id) {
    if (component === null) return { family, kinds: [] };
    return { family, kinds: withSeen(knownKinds().filter((kind) => fits(kind) && notProducible(kind, component.id) === null), seen, component.id, platform) };
  }
  const cited = parseChannel(family, row.logSource, row.channel).flatMap((item) => item.kinds);
  const possible = cited.filter((kind) => notProducible(kind, component?.id ?? "") === null);
  const never = cited.flatMap((kind) => notProducible(kind, component?.id ?? "")?.reason ?? []);
  const [reason] = never;
  if (reason !== undefined && possible.length === 0) return { family, kinds: [], impossible: reason };
  if (!familyRunsOn(family, platform)) return { family, kinds: [], impossible: `${row.logSource.trim()} is not a source of ${platform ?? "this platform"}` };
  if (cited.length > 0) return { family, kinds: unique(withStated(possible, seen).filter(fits)) };
  const ofFamily = [...kindsOfFamily(family), ...seen.filter((kind) => kind.startsWith(`${family}:`))];
  return { family, kinds: unique(ofFamily.filter((kind) => fits(kind) && notProducible(kind, component?.id ?? "") === null)) };
}

function unique(kinds: readonly RecordKindId[]): readonly RecordKindId[] {
  return [...new Set(kinds)];
}
