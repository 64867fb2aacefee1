import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { GapPage } from "@/components/gaps/gap-page";
import { getGapView } from "@/lib/operations/get-gap-view";
import { commentGapAction, setGapsAction } from "../actions";

export async function generateMetadata({ params }: { params: Promise<{ gap: string }> }): Promise<Metadata> {
  return { title: `Gap ${(await params).gap}` };
}

export default async function GapRoute({ params }: { params: Promise<{ gap: string }> }) {
  const { gap } = await params;
  return <GapPage view={await pageData((ctx) => getGapView(ctx, gap))} actions={{ set: setGapsAction, comment: commentGapAction }} />;
}
