import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { PackPage } from "@/components/packs/pack-page";
import { getPackView } from "@/lib/operations/get-pack-view";
import type { SearchParams } from "../../read-choice";

export async function generateMetadata({ params }: { params: Promise<{ analytic: string }> }): Promise<Metadata> {
  return { title: `Pack ${(await params).analytic}` };
}

export default async function PackRoute({ params, searchParams }: { params: Promise<{ analytic: string }>; searchParams: SearchParams }) {
  const [{ analytic }, { version }] = await Promise.all([params, searchParams]);
  const number = typeof version === "string" ? (/^\d{1,6}$/.test(version) ? Number(version) : -1) : null;
  return <PackPage pack={await pageData((ctx) => getPackView(ctx, { analytic, version: number }))} />;
}
