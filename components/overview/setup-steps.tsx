import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { SetupView } from "@/lib/operations/get-setup-view";
import { counted } from "@/lib/shared/format-number";

/** What stands between a new installation and its first number, with the next step marked. run: the button of the last step. */
export function SetupSteps({ setup, run }: { setup: SetupView; run: ReactNode }) {
  const steps = [
    { title: "Import a catalog", says: "Which analytics exist: ATT&CK as MITRE publishes it.", done: setup.catalogs > 0 ? counted(setup.catalogs, "release") : null, href: "/imports/catalog" },
    { title: "Create segments", says: "Which parts the fleet has, how many hosts, how critical.", done: setup.segments > 0 ? counted(setup.segments, "segment") : null, href: "/segments" },
    { title: "Import events", says: "What turns a claim into proof: an hour of real records per segment.", done: setup.datasets > 0 ? counted(setup.datasets, "file") : null, href: "/imports" },
    { title: "Run an assessment", says: "Could each analytic have seen it here, and how do we know?", done: null, href: null },
  ];
  const next = steps.findIndex((step) => step.done === null);
  return (
    <PageBody>
      <PageHeader title="No assessment yet" say="Four steps to the first number. Nothing leaves this server." />
      <ol className="rounded-lg border bg-surface">
        {steps.map((step, index) => (
          <li key={step.title} className="flex items-center gap-3 border-t px-4 py-3 first:border-t-0">
            <span className={classNames("grid size-6 shrink-0 place-items-center rounded-full border text-xs", step.done ? "border-accent bg-accent text-accent-ink" : index === next ? "border-accent text-accent" : "border-line-2 text-ink-3")}>
              {step.done ? <Check size={13} aria-label="done" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <h2>{step.title}</h2>
              <p className="text-ink-2">{step.says}</p>
            </div>
            {step.done ? <span className="text-xs whitespace-nowrap text-ink-3">{step.done}</span> : null}
            {step.href ? (
              <Button asChild variant={index === next ? "primary" : "plain"}>
                <KeptLink href={step.href}>{step.done ? "Add" : "Begin"}</KeptLink>
              </Button>
            ) : setup.catalogs > 0 && setup.segments > 0 ? (
              run
            ) : null}
          </li>
        ))}
      </ol>
    </PageBody>
  );
}
