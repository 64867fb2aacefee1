import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { AuditLog } from "@/components/audit/audit-log";
import { getAuditView } from "@/lib/operations/get-audit-view";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage() {
  return <AuditLog lines={await pageData((ctx) => getAuditView(ctx))} />;
}
