import { Scale } from "lucide-react";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { KeptLink } from "@/components/layout/kept-link";
import type { WeightsView } from "@/lib/reports/weights-view";
import { NewProfile, type ProfileActions } from "./new-profile";
import { ProfileEffect } from "./profile-effect";
import { ProfileTable } from "./profile-table";

/** What techniques weigh: the profiles, what the chosen one does beside uniform weights, and how to write the next. */
export function WeightsPage({ view, actions }: { view: WeightsView; actions: ProfileActions }) {
  const current = view.profiles.find(({ inForce }) => inForce);
  const say = current === undefined || current.kind === "uniform" ? "Every technique weighs one: the number that anybody can add up again." : `${current.name}, version ${current.version}, weighs ${current.techniques} techniques. The uniform number, k of n cells, stands beside every weighted one.`;
  return (
    <PageBody>
      <PageHeader title="Weights" say={say} actions={<NewProfile groups={view.groups} today={view.today} actions={actions} />} />
      <ProfileTable profiles={view.profiles} shown={view.effect} choose={actions.choose} />
      {view.effect ? (
        <ProfileEffect effect={view.effect} />
      ) : (
        <EmptyState
          icon={Scale}
          title="Nothing to weigh yet"
          action={
            <Button asChild variant="primary">
              <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
            </Button>
          }
        >
          What a profile does is shown on the cells of an assessment.
        </EmptyState>
      )}
    </PageBody>
  );
}
