import type { PackView } from "@/lib/reports/packs-view";

type Advice = Pick<PackView, "guidance" | "falsePositives" | "tuning" | "severity" | "confidence" | "confidenceBecause">;

/** What a pack advises, in words: for who decides, for who builds, and what it cannot see. */
export function PackAdvice({ advice }: { advice: Advice }) {
  const { guidance } = advice;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 lg:grid-cols-2">
      <Block title="For those who decide">{guidance.executivePriority}</Block>
      <Block title="For those who build">{guidance.technicalView}</Block>
      <Block title="Likely telemetry">{guidance.likelyTelemetry}</Block>
      <Block title="Detection direction">{guidance.detectionDirection}</Block>
      <List title="What it cannot see" of={guidance.limits} />
      <List title="False positives" of={advice.falsePositives} />
      <List title="Tuning" of={advice.tuning} />
      <List title="Mitigations, in order" of={guidance.mitigationPriorities} ordered />
      <Block title={`Severity ${advice.severity}, confidence ${advice.confidence}`}>{advice.confidenceBecause}</Block>
    </div>
  );
}

function Block({ title, children }: { title: string; children: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <p className="max-w-[72ch] pt-0.5 text-pretty text-ink-2">{children}</p>
    </section>
  );
}

function List({ title, of, ordered = false }: { title: string; of: readonly string[]; ordered?: boolean }) {
  const Element = ordered ? "ol" : "ul";
  return (
    <section>
      <h3>{title}</h3>
      <Element className={`${ordered ? "list-decimal" : "list-disc"} max-w-[72ch] space-y-1 pt-0.5 pl-5 text-ink-2`}>
        {of.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </Element>
    </section>
  );
}
