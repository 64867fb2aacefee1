import { PageBody } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The heights of a page, so that nothing moves when it arrives. */
export default function Loading() {
  return (
    <PageBody>
      <p className="sr-only" role="status">
        Loading
      </p>
      <Skeleton className="h-12 max-w-2xl" />
      <Skeleton className="h-28" />
      <Skeleton className="h-80" />
    </PageBody>
  );
}
