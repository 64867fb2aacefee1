import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { pageData } from "@/app/_adapters/page-data";
import { GapPage } from "@/components/gaps/gap-page";
import { getGapView } from "@/lib/operations/get-gap-view";
import type { SearchParams } from "../../read-choice";
import { commentGapAction, setGapsAction } from "../actions";

export async function generateMetadata({ params }: { params: Promise<{ gap: string }> }): Promise<Metadata> {
  return { title: `Gap ${(await params).gap}` };
}

export default async function GapRoute({ params, searchParams }: { params: Promise<{ gap: string }>; searchParams: SearchParams }) {
  const [{ gap }, choice] = await Promise.all([params, searchParams]);
  const view = await pageData((ctx) => getGapView(ctx, gap));
  // Links made before a gap had a number name its key; one gap has one address.
  if (gap !== view.gap.id) {
    const kept = new URLSearchParams(Object.entries(choice).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
    redirect(`/gaps/${view.gap.id}${kept.size === 0 ? "" : `?${kept.toString()}`}`);
  }
  return <GapPage view={view} actions={{ set: setGapsAction, comment: commentGapAction }} />;
}
