import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { indexByAttackId } from "./index-by-attack-id";
import type { LinkContext } from "./link-catalog";
import type { LinkedTechnique } from "./link-techniques";
import type { Group, GroupUse } from "./types";

/**
 * Threat groups with the live techniques that they use, of their own or in a campaign attributed to them. What their software
 * can do is left out: it says what a tool is able to, not what the group did.
 *
 * A use is dated by the campaign's last sighting, else by the day when ATT&CK first recorded it (`created`): `modified` moves
 * for every relationship of a release at once.
 */
export function linkGroups(context: LinkContext, techniques: readonly LinkedTechnique[]): readonly Group[] {
  const live = new Map(techniques.flatMap(({ technique, live: counts }) => (counts ? [[technique.stixId, technique.id] as const] : [])));
  const campaigns = new Map(indexByAttackId(context, context.bundle.campaigns, "Campaign").flatMap(({ attackId, stix }) => (stix.revoked || stix.x_mitre_deprecated ? [] : [[stix.id, { id: attackId, stix }] as const])));
  const uses = new Map<string, GroupUse[]>();
  const add = (source: string, use: GroupUse): void => {
    const own = uses.get(source);
    if (own) own.push(use);
    else uses.set(source, [use]);
  };
  const attributed = new Map<string, string[]>(); // campaign -> groups
  for (const relationship of context.bundle.relationships) {
    const { relationship_type: type, source_ref: source, target_ref: target } = relationship;
    if (relationship.revoked || relationship.x_mitre_deprecated) continue;
    if (type === "attributed-to" && campaigns.has(source)) attributed.set(source, [...(attributed.get(source) ?? []), target]);
    const technique = type === "uses" ? live.get(target) : undefined;
    if (technique === undefined) continue;
    const campaign = campaigns.get(source);
    add(source, { technique, on: dayOf(campaign?.stix.last_seen ?? relationship.created), campaign: campaign ? { id: campaign.id, name: campaign.stix.name ?? campaign.id } : null });
  }
  for (const [campaign, groups] of attributed) for (const group of groups) for (const use of uses.get(campaign) ?? []) add(group, use);
  return indexByAttackId(context, context.bundle.groups, "Group").flatMap(({ attackId, stix }): Group[] =>
    stix.revoked || stix.x_mitre_deprecated ? [] : [{ id: attackId, stixId: stix.id, name: stix.name ?? attackId, aliases: stix.aliases.filter((alias) => alias !== stix.name), uses: ordered(uses.get(stix.id) ?? []) }],
  );
}

/** By technique, then campaign; a use that is recorded twice counts once, at its newest. */
function ordered(uses: readonly GroupUse[]): readonly GroupUse[] {
  const newest = new Map<string, GroupUse>();
  for (const use of uses) {
    const key = `${use.technique}\n${use.campaign?.id ?? ""}`;
    const known = newest.get(key);
    if (known === undefined || (use.on ?? "") > (known.on ?? "")) newest.set(key, use);
  }
  return [...newest].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, use]) => use);
}

function dayOf(time: string | undefined): string | null {
  return time !== undefined && /^\d{4}-\d{2}-\d{2}/.test(time) ? time.slice(0, 10) : null;
}
