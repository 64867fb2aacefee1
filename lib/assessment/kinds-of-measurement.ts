import { baseKind, keyOnPlatform, statedPlatform } from "@/lib/telemetry/stated-platform";

/**
 * The record kinds that a measurement of a segment speaks of. A count by a query says no system, so the measurement of a kind
 * whose records may state theirs (docs/adr/0010) speaks, in a segment of a single platform, of the records of that platform
 * too; in a segment of several nobody knows whose it counted, so there it speaks of the plain kind alone.
 */
export function kindsOfMeasurement(kind: string, platforms: readonly { readonly name: string }[]): readonly string[] {
  const [only, another] = platforms;
  if (only === undefined || another !== undefined || statedPlatform(kind) !== null) return [kind];
  const stated = keyOnPlatform(kind, only.name);
  return baseKind(stated) === stated ? [kind] : [kind, stated];
}
