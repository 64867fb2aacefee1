import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RulePage } from "@/components/rules/rule-page";
import { getRuleCheckView } from "@/lib/operations/get-check-view";
import { getRule } from "@/lib/operations/get-rule";
import { getRuleQueries } from "@/lib/operations/get-rule-queries";
import { readChoice, type SearchParams } from "../../read-choice";
import { addLinkAction, decideLinksAction } from "../actions";

export const metadata: Metadata = { title: "Rule" };

export default async function RuleRoute({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: SearchParams }) {
  const [{ id }, { segment }, { for: analytic, names }] = await Promise.all([params, readChoice(searchParams), searchParams]);
  const detail = await pageData((ctx) => getRule(ctx, id));
  const queries = await pageData((ctx) => getRuleQueries(ctx, detail.rule.id, { segment, analytic: typeof analytic === "string" ? analytic : null, names: names === "usual" ? "usual" : "imported" }));
  const checks = await pageData((ctx) => getRuleCheckView(ctx, detail.rule));
  return <RulePage detail={detail} queries={queries} checks={checks} actions={{ decide: decideLinksAction, add: addLinkAction }} />;
}
