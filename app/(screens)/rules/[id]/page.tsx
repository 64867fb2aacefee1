import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RulePage } from "@/components/rules/rule-page";
import { getRuleCheckView } from "@/lib/operations/get-check-view";
import { getRule } from "@/lib/operations/get-rule";
import { getRuleQueries } from "@/lib/operations/get-rule-queries";
import { addLinkAction, decideLinksAction } from "../actions";

export const metadata: Metadata = { title: "Rule" };

export default async function RuleRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const detail = await pageData((ctx) => getRule(ctx, id));
  const queries = await pageData((ctx) => getRuleQueries(ctx, detail.rule.id));
  const checks = await pageData((ctx) => getRuleCheckView(ctx, detail.rule));
  return <RulePage detail={detail} queries={queries} checks={checks} actions={{ decide: decideLinksAction, add: addLinkAction }} />;
}
