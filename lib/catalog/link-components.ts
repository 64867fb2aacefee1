import type { LogSourceFolding } from "./fold-log-sources";
import { indexByAttackId } from "./index-by-attack-id";
import type { LinkContext } from "./link-catalog";
import type { DataComponent } from "./types";

export interface LinkedComponent {
  readonly component: DataComponent;
}

/** Data components with their own log sources, folded like those of the analytics; repetitions (mobile and ICS share the list) once. */
export function linkComponents(context: LinkContext, folding: LogSourceFolding): readonly LinkedComponent[] {
  return indexByAttackId(context, context.bundle.components, "Data component").map(({ attackId, stix }) => {
    const pairs = new Map<string, { name: string; channel: string }>();
    for (const { name, channel } of stix.x_mitre_log_sources) {
      const pair = { name: folding.name(name), channel: folding.channel(name, channel) };
      pairs.set(`${pair.name}\n${pair.channel}`, pair);
    }
    const component: DataComponent = {
      id: attackId,
      name: (stix.name ?? attackId).trim(),
      stixId: stix.id,
      description: stix.description.trim(),
      deprecated: stix.x_mitre_deprecated || stix.revoked,
      logSources: [...pairs.values()],
    };
    return { component };
  });
}
