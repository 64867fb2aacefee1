"use client";
import { CircleAlert } from "lucide-react";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that failed. The server's log holds the cause under the same code. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PageBody>
      <PageHeader title="Something failed" />
      <EmptyState icon={CircleAlert} title="This page could not be made" action={<Button onClick={reset}>Try again</Button>}>
        Nothing was changed. {error.digest ? `The server's log names the cause under ${error.digest}.` : "The server's log names the cause."}
      </EmptyState>
    </PageBody>
  );
}
