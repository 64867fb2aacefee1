import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { AnalyticPage } from "@/components/analytic/analytic-page";
import { getAnalyticView } from "@/lib/operations/get-analytic-view";
import { readChoice, type SearchParams } from "../../read-choice";
import { candidateKindsAction, setOverrideAction } from "../../resolutions/actions";
import { decideLinksAction } from "../../rules/actions";
import { attachTestAction, previewTuningAction, removeTestAction, runTestAction, saveTuningAction, shownTuningAction } from "../actions";

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function AnalyticRoute({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: SearchParams }) {
  const [{ id }, choice, { stage }] = await Promise.all([params, readChoice(searchParams), searchParams]);
  const number = typeof stage === "string" && /^\d{1,3}$/.test(stage) ? Number(stage) : null;
  return (
    <AnalyticPage
      view={await pageData((ctx) => getAnalyticView(ctx, { id, ...choice, stage: number }))}
      actions={{ save: setOverrideAction, candidates: candidateKindsAction }}
      decide={decideLinksAction}
      testActions={{ attach: attachTestAction, run: runTestAction, remove: removeTestAction }}
      tuningActions={{ preview: previewTuningAction, shown: shownTuningAction, save: saveTuningAction }}
    />
  );
}
