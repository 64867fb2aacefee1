import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { SnapshotIssuesView } from "@/components/catalog/snapshot-issues";
import { getSnapshotIssues } from "@/lib/operations/get-snapshot-issues";
import { removeSnapshotAction } from "../actions";

export const metadata: Metadata = { title: "Release" };

export default async function SnapshotPage({ params }: { params: Promise<{ snapshot: string }> }) {
  const { snapshot: snapshotId } = await params;
  const { snapshot, issues } = await pageData((ctx) => getSnapshotIssues(ctx, { snapshotId }));
  return <SnapshotIssuesView snapshot={snapshot} issues={issues} remove={removeSnapshotAction.bind(null, snapshot.id)} />;
}
