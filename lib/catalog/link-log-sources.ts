import { channelKey, logSourceNameKey, type LogSourceFolding } from "./fold-log-sources";
import type { LinkContext } from "./link-catalog";
import type { StixAnalytic } from "./stix-schema";
import type { DataComponent, LogSource } from "./types";

/**
 * The log-source references of one analytic, in published order, with their data component and one spelling of each name.
 * A reference to a component that the bundle does not hold is left out and reported: its component decides what it means.
 */
export function linkLogSources(
  context: LinkContext,
  stix: StixAnalytic,
  attackId: string,
  componentOf: ReadonlyMap<string, DataComponent>,
  folding: LogSourceFolding,
): readonly LogSource[] {
  const at = { id: stix.id, attackId };
  const linked: LogSource[] = [];
  const seen = new Set<string>();
  let nones = 0;
  for (const reference of stix.x_mitre_log_source_references) {
    const component = componentOf.get(reference.x_mitre_data_component_ref);
    if (component === undefined) {
      context.report("refused", "dangling-reference", at, `${attackId} cites ${reference.name} for the data component ${reference.x_mitre_data_component_ref}, which the bundle does not hold; the reference was left out.`);
      continue;
    }
    const name = folding.name(reference.name);
    const channel = folding.channel(reference.name, reference.channel);
    const key = `${component.id}\n${name}\n${channel}`;
    if (seen.has(key)) {
      context.report("odd", "duplicate-reference", at, `${attackId} cites ${name}${channel === "" ? "" : ` "${channel}"`} for ${component.id} twice; it counts once.`);
      continue;
    }
    seen.add(key);
    if (component.deprecated) context.report("odd", "deprecated-component", at, `${attackId} cites the deprecated data component ${component.id} ${component.name}.`);
    if (name !== reference.name) context.report("folded", "name-folded", at, `${attackId} cites "${reference.name}", read as "${name}".`);
    if (reference.channel.trim() === "None") nones += 1;
    else if (channel !== reference.channel) context.report("folded", "channel-folded", at, `${attackId} cites the channel "${reference.channel}" of ${name}, read as "${channel}".`);
    if (!listsPair(component, name, channel)) {
      context.report("odd", "reference-not-in-component", at, `${attackId} cites ${name}${channel === "" ? "" : ` "${channel}"`}, which ${component.id} ${component.name} does not list.`);
    }
    linked.push({
      component: { id: component.id, name: component.name },
      name,
      channel,
      ...(name === reference.name ? {} : { rawName: reference.name }),
      ...(channel === reference.channel ? {} : { rawChannel: reference.channel }),
    });
  }
  if (nones > 0) context.report("folded", "channel-none", at, `${attackId} prints the channel "None" ${nones === 1 ? "once" : `${nones} times`}, read as no channel.`);
  if (stix.x_mitre_log_source_references.length === 0) context.report("odd", "no-log-sources", at, `${attackId} cites no log source, so it cannot be assessed from ATT&CK alone.`);
  return linked;
}

function listsPair(component: DataComponent, name: string, channel: string): boolean {
  const nameKey = logSourceNameKey(name);
  const key = channelKey(channel);
  return component.logSources.some((source) => channelKey(source.channel) === key && logSourceNameKey(source.name) === nameKey);
}
