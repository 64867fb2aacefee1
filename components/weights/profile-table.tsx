import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { WeightListJson } from "@/lib/assessment/weights/weights-json";
import type { ShownEffect } from "@/lib/reports/weights-view";
import { formatCount } from "@/lib/shared/format-number";
import { formatIsoDay, formatTime } from "@/lib/shared/format-time";
import { ChooseProfile } from "./choose-profile";
import type { ProfileActions } from "./new-profile";

/** Every version of every profile: where its weights come from, who wrote it, and which one counts. */
export function ProfileTable({ profiles, shown, choose }: { profiles: WeightListJson; shown: ShownEffect | null; choose: ProfileActions["choose"] }) {
  return (
    <Card>
      <CardHeader title="Profiles" note="append only; an assessment keeps the version that it pinned" />
      <div className="overflow-x-auto px-1 pb-1">
        <Table label="Weight profiles">
          <thead>
            <tr>
              <Th>Profile</Th>
              <Th number>Version</Th>
              <Th>Weights come from</Th>
              <Th number>Techniques</Th>
              <Th>Written</Th>
              <Th>Digest</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {profiles.map((profile) => (
              <tr key={`${profile.name} ${profile.version}`} className="hover:bg-hover">
                <Td>
                  <KeptLink href={`/weights?${new URLSearchParams({ profile: profile.name, version: String(profile.version) }).toString()}`} className="font-medium hover:underline" aria-current={shown?.profile === profile.name && shown.version === profile.version ? "true" : undefined}>
                    {profile.name}
                  </KeptLink>{" "}
                  {profile.inForce ? <Pill>counts now</Pill> : null}
                </Td>
                <Td number>{profile.version}</Td>
                <Td className="max-w-[420px] text-ink-2">{sourceOf(profile)}</Td>
                <Td number>{formatCount(profile.techniques)}</Td>
                <Td className="text-ink-2">
                  {profile.at === null ? "built in" : `${formatTime(Date.parse(profile.at))} by ${profile.by}`}
                  {profile.at !== null && profile.reason ? <div className="text-xs text-ink-3">{profile.reason}</div> : null}
                </Td>
                <Td className="font-mono text-xs text-ink-3" title={profile.digest}>
                  {profile.digest.slice(0, 12)}
                </Td>
                <Td>{profile.inForce ? null : <ChooseProfile name={profile.name} version={profile.version} choose={choose} />}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

function sourceOf({ source }: WeightListJson[number]): string {
  if (source === null) return "every technique weighs one";
  if (source.kind === "file") return `${source.fileName}${source.unknown.length === 0 ? "" : `; ${formatCount(source.unknown.length)} of its techniques are in no imported catalogue`}`;
  const { asOf, fullDays, declineDays } = source.decay;
  return `${source.groups.map(({ name, uses }) => `${name} (${formatCount(uses)} uses)`).join(", ")}; uses count whole for ${formatCount(fullDays)} days before ${formatIsoDay(asOf)}, then fade over ${formatCount(declineDays)}`;
}
