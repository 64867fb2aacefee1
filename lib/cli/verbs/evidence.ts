import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import type { CliIo } from "../cli-io";
import { readAssessmentId } from "../read-assessment-id";
import { writeDurably } from "../write-durably";

/** `evidence export|verify`: the auditor's package. */
export function register(program: Command, io: CliIo): void {
  const evidence = program.command("evidence").description("what an auditor takes away and checks alone");
  evidence
    .command("export")
    .description("write the evidence of an assessment as a zip")
    .option("--assessment <id>", "which assessment; default the newest")
    .requiredOption("--out <file>", "where to write it (.zip)")
    .option("--json", "print one JSON document")
    .action(async (flags: { assessment?: string; out: string; json?: boolean }) => {
      const run = await io.withContext(async (ctx) => {
        const { exportEvidence } = await import("@/lib/operations/export-evidence");
        const made = await exportEvidence(ctx, { assessment: readAssessmentId(flags.assessment) });
        await writeDurably(made.content, flags.out, io.signal);
        return made.run;
      });
      const { size } = await stat(flags.out);
      if (flags.json) io.json({ file: flags.out, bytes: size, assessment: run.assessment, at: run.at, inputDigest: run.inputDigest, resultDigest: run.resultDigest });
      else io.line(`${flags.out}: assessment ${run.assessment} at ${run.at}, ${size} bytes. Check it with: unzip ${flags.out} -d DIR, then sha256sum -c manifest-sha256.txt there.`);
    });
  evidence
    .command("verify")
    .description("recompute every digest of a package; needs neither database nor network; exit 1 when something differs")
    .argument("<file>", "evidence zip")
    .option("--recompute", "score the input again and compare the results byte for byte")
    .option("--json", "print one JSON document")
    .action(async (file: string, flags: { recompute?: boolean; json?: boolean }) => {
      const { fileSource } = await import("@/lib/files/byte-source");
      const { verifyEvidence } = await import("@/lib/operations/verify-evidence");
      const ctx = { actor: { name: "local", authenticated: false }, role: "auditor" as const, segments: "all" as const };
      const check = await verifyEvidence(ctx, { source: await fileSource(file), fileName: basename(file), recompute: flags.recompute });
      if (flags.json) io.json({ file, ...check });
      else {
        for (const { path, state, text } of check.findings) io.line(`${state.padEnd(10)} ${path}: ${text}`);
        if (check.ok) io.line(`${file}: ${check.entries} files, every digest right${check.recomputed === "identical" ? ", results identical when scored again" : ""}. tagmanifest-sha256.txt is ${check.tagManifest ?? "missing"}`);
      }
      if (check.ok) return;
      io.note(`${file}: ${check.findings.length} findings, the package is not what was exported.`);
      io.fail();
    });
}
