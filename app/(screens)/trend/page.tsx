import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { TrendPage } from "@/components/trend/trend-page";
import { getTrendView } from "@/lib/operations/get-trend";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Trend" };

export default async function TrendRoute({ searchParams }: { searchParams: SearchParams }) {
  const [{ segment }, { domains }] = await Promise.all([readChoice(searchParams), searchParams]);
  return <TrendPage {...await pageData((ctx) => getTrendView(ctx, { segment, domains: typeof domains === "string" ? domains.split(",") : null }))} segment={segment} />;
}
