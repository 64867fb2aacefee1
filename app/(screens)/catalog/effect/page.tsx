import { Library } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { pageData } from "@/app/_adapters/page-data";
import { EffectPage, EffectWaiting } from "@/components/catalog/effect-page";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ReleasePair } from "@/lib/catalog/list-release-pairs";
import { findReleasePair } from "@/lib/operations/find-release-pair";
import { getReleaseChoices } from "@/lib/operations/get-release-choices";
import { getReleaseEffect } from "@/lib/operations/get-release-effect";
import type { SearchParams } from "../../read-choice";
import { makeCurrentAction } from "../actions";

export const metadata: Metadata = { title: "Effect of a release" };

export default async function EffectRoute({ searchParams }: { searchParams: SearchParams }) {
  const { release, from } = await searchParams;
  const { pairs, segments } = await pageData(getReleaseChoices);
  const first = pairs[0];
  if (first === undefined || segments === 0) {
    return (
      <PageBody>
        <PageHeader title="Effect of a release" say="What another release of ATT&CK would change, before it is made current." />
        <EmptyState
          icon={Library}
          title={segments === 0 ? "No segment yet" : "No release to look at"}
          action={
            <Button asChild variant="primary">
              <KeptLink href={segments === 0 ? "/segments" : "/imports/catalog"}>{segments === 0 ? "Add a segment" : "Import a bundle"}</KeptLink>
            </Button>
          }
        >
          {segments === 0 ? "A release has an effect on a fleet: add its segments first." : "Import a bundle of another release and leave the current one as it is; its effect on every segment is shown here before you decide."}
        </EmptyState>
      </PageBody>
    );
  }
  const given = (value: string | string[] | undefined): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
  const asked = given(release) ?? `${first.domain}-${first.to}`;
  const since = given(from) ?? (given(release) === undefined ? `${first.domain}-${first.from}` : undefined);
  // Looked up before anything is sent: what was not imported answers 404.
  const pair = await pageData((ctx) => findReleasePair(ctx, { release: asked, from: since }));
  const named = { domain: pair.target.domain, from: pair.from.release, to: pair.target.release };
  return (
    <Suspense key={`${named.domain} ${named.from} ${named.to}`} fallback={<EffectWaiting asked={named} pairs={pairs} />}>
      <ScoredEffect release={asked} from={since} pairs={pairs} />
    </Suspense>
  );
}

async function ScoredEffect({ release, from, pairs }: { release: string; from: string | undefined; pairs: readonly ReleasePair[] }) {
  const effect = await pageData((ctx) => getReleaseEffect(ctx, { release, from }));
  return <EffectPage effect={effect} pairs={pairs} makeCurrent={makeCurrentAction.bind(null, `${effect.domain}-${effect.to}`)} />;
}
