import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { BenchPage } from "@/components/bench/bench-page";
import { getBenchView } from "@/lib/operations/get-bench-view";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Test bench" };

export default async function BenchRoute({ searchParams }: { searchParams: SearchParams }) {
  const [asked, { segment }] = await Promise.all([searchParams, readChoice(searchParams)]);
  const word = (name: string): string | null => {
    const value = asked[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const number = (name: string): number | null => {
    const text = word(name);
    return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const picked = { rule: word("rule"), dataset: word("dataset"), record: number("record"), pack: word("pack"), test: number("test") };
  const view = await pageData((ctx) => getBenchView(ctx, { ...picked, segment }));
  // What is picked anew begins anew; what was typed stays as long as the picks do.
  return <BenchPage key={JSON.stringify(picked)} view={view} segment={segment} />;
}
