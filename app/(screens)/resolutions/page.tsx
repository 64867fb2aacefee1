import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { ResolutionsPage } from "@/components/resolutions/resolutions-page";
import { getResolutionsView } from "@/lib/operations/get-resolutions-view";
import type { SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Log sources" };

export default async function ResolutionsRoute({ searchParams }: { searchParams: SearchParams }) {
  const given = await searchParams;
  const one = (name: string): string | null => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const page = Number(one("page") ?? 1);
  const view = await pageData((ctx) =>
    getResolutionsView(ctx, { text: one("q") ?? "", family: one("family"), basis: one("basis"), confidence: one("confidence"), verdict: one("verdict"), platform: one("platform"), uncited: one("uncited"), overridden: one("overridden") === "1", page: Number.isSafeInteger(page) ? page : 1 }),
  );
  const kept = new URLSearchParams(["q", "family", "basis", "confidence", "verdict", "platform", "uncited", "overridden"].flatMap((name) => {
    const value = one(name);
    return value === null ? [] : [[name, value]];
  }));
  return <ResolutionsPage view={view} hrefOfPage={(number) => `/resolutions?${new URLSearchParams([...kept, ["page", String(number)]]).toString()}`} />;
}
