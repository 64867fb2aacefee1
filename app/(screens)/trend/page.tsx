import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { TrendPage } from "@/components/trend/trend-page";
import { getTrendView } from "@/lib/operations/get-trend";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Trend" };

export default async function TrendRoute({ searchParams }: { searchParams: SearchParams }) {
  const { segment } = await readChoice(searchParams);
  return <TrendPage {...await pageData((ctx) => getTrendView(ctx, { segment }))} segment={segment} />;
}
