import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { QueryPackPage } from "@/components/measurements/query-pack-page";
import { getQueryPackView } from "@/lib/operations/get-query-pack-view";

export const metadata: Metadata = { title: "Measure a segment" };

export default async function MeasureRoute({ params, searchParams }: { params: Promise<{ segment: string }>; searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }) {
  const [{ segment }, { backend }] = await Promise.all([params, searchParams]);
  const { pack, backends } = await pageData((ctx) => getQueryPackView(ctx, { segment, backend: typeof backend === "string" ? backend : null }));
  return <QueryPackPage pack={pack} backends={backends} />;
}
