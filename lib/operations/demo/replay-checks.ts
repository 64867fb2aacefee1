import { compileTemplate } from "@/lib/shared/expand-template";
import { seededRandom } from "@/lib/shared/seeded-random";
import { importSiem } from "../import-siem";
import type { JobRun } from "../job-handlers";
import { keepUpload } from "../keep-upload";
import { runRuleCheck } from "../run-rule-check";
import type { DemoStep } from "./demo-content";
import type { DemoContent } from "./read-demo-content";

/** What the demonstration's lists of deployed rules come from; they go when it goes. */
export const DEMO_SIEM = "Example SIEM";

/** Imports what the SIEM lists at a step, and checks where rules can fire, as the step says. */
export async function replayChecks(run: JobRun, content: DemoContent, step: DemoStep, at: number): Promise<void> {
  const uploads = [];
  for (const file of step.siem) {
    const scope = { variables: new Map<string, string>(), lists: {}, counters: new Map<string, number>(), random: seededRandom(file), atMs: at };
    const text = compileTemplate(await content.inventory(file))(scope);
    uploads.push(await keepUpload(run.ctx, (async function* () { yield Buffer.from(text); })(), file));
  }
  if (uploads.length > 0) await importSiem(run.ctx, { system: DEMO_SIEM, uploads });
  if (step.check) await runRuleCheck(run, { at: new Date(at).toISOString() });
}
