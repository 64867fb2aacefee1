import type { Command } from "commander";
import { fileSource } from "@/lib/files/byte-source";
import type { TestRow } from "@/lib/detection/tests/test-row";
import type { CliIo } from "../cli-io";

interface AddFlags {
  readonly analytic: string;
  readonly segment: string;
  readonly positive: string;
  readonly negative: string;
  readonly origin?: string;
  readonly format?: string;
  readonly host?: string;
  readonly json?: boolean;
}

interface RunFlags {
  readonly analytic?: string;
  readonly segment?: string;
  readonly test?: string;
  readonly json?: boolean;
}

/** `tests add|run|list|remove`: samples of a segment that show whether the linked rules see the attack there, and nothing else. */
export function register(program: Command, io: CliIo): void {
  const tests = program.command("tests").description("attack and benign samples that validate an analytic in a segment");
  tests
    .command("add")
    .description("attach an attack sample and a benign one, and run the test; the samples are kept, and never counted as observations")
    .requiredOption("--analytic <id>", "the analytic")
    .requiredOption("--segment <name>", "the segment that the samples come from")
    .requiredOption("--positive <file>", "records of the attack, from a host of the segment")
    .requiredOption("--negative <file>", "records of what is usual there")
    .option("--origin <origin>", "of the attack sample: production or exercise", "production")
    .option("--format <id>", "read both as this format, whatever the content looks like")
    .option("--host <name>", "the host of records that name none")
    .option("--json", "print one JSON document")
    .action(async ({ json, positive, negative, ...request }: AddFlags) => {
      const { addedTestSchema, checkTest, prepareAddTest } = await import("@/lib/operations/add-test");
      const { keepUpload } = await import("@/lib/operations/keep-upload");
      const row = await io.withContext(async (ctx) => {
        await checkTest(ctx, request); // before anything is read or kept
        const keep = async (path: string) => keepUpload(ctx, (await fileSource(path)).stream(), path.split(/[\\/]/).at(-1) ?? path);
        return addedTestSchema.parse(await io.runJob(ctx, await prepareAddTest(ctx, { ...request, positive: await keep(positive), negative: await keep(negative) })));
      });
      if (json) io.json(row);
      else print(io, row);
      if (row.run?.passed !== true) io.note("The test is attached and does not pass yet.");
    });
  tests
    .command("run")
    .description("run tests again, whether or not they are due; an assessment runs those that are due by itself")
    .option("--analytic <id>", "only of this analytic")
    .option("--segment <name>", "only in this segment")
    .option("--test <id>", "only this one")
    .option("--json", "print one JSON document")
    .action(async ({ json, ...request }: RunFlags) => {
      const { prepareTestsRun, ranTestsSchema } = await import("@/lib/operations/run-tests");
      const rows = await io.withContext(async (ctx) => ranTestsSchema.parse(await io.runJob(ctx, await prepareTestsRun(ctx, request))));
      if (json) io.json(rows);
      else for (const row of rows) print(io, row);
      const failing = rows.filter(({ run }) => run?.passed !== true).length;
      if (failing === 0) return;
      io.note(`${failing} of ${rows.length} tests ${failing === 1 ? "does" : "do"} not pass.`);
      io.fail();
    });
  tests
    .command("list")
    .description("tests with their newest run")
    .option("--analytic <id>", "only of this analytic")
    .option("--segment <name>", "only in this segment")
    .option("--removed", "removed ones too")
    .option("--json", "print one JSON document")
    .action(async ({ json, ...query }: { analytic?: string; segment?: string; removed?: boolean; json?: boolean }) => {
      const { listTests } = await import("@/lib/operations/list-tests");
      const rows = await io.withContext((ctx) => listTests(ctx, query));
      if (json) io.json(rows);
      else io.table(rows.map(({ id, analytic, segment, origin, run, since, due, removed }) => ({ id, analytic, segment, origin, passed: run?.passed ?? null, in: run?.matchedIn ?? null, since: since?.slice(0, 10) ?? null, due, removed: removed?.at.slice(0, 10) ?? null, because: run?.because ?? "never ran" })));
    });
  tests
    .command("remove")
    .description("take tests away; assessments that counted them stay as they are")
    .argument("<tests...>", "ids, as tests list prints them")
    .option("--json", "print one JSON document")
    .action(async (ids: string[], flags: { json?: boolean }) => {
      const { removeTest } = await import("@/lib/operations/remove-test");
      const removed: Awaited<ReturnType<typeof removeTest>>[] = [];
      await io.withContext(async (ctx) => {
        for (const id of ids) {
          const made = await removeTest(ctx, id);
          removed.push(made);
          if (!flags.json) io.line(`The test ${made.id} of ${made.analytic} in ${made.segment} is removed.`);
        }
      });
      if (flags.json) io.json({ removed });
    });
}

function print(io: CliIo, { id, analytic, segment, run, withdrawn }: TestRow): void {
  io.line(`${analytic} in ${segment} (test ${id})`);
  if (run === null) return io.line("  never ran");
  io.line(`  ${run.passed ? `passed, in the ${run.matchedIn ?? ""}` : withdrawn ? "does not pass any more: validation is withdrawn" : "did not pass"}`);
  io.line(`  ${run.because}`);
  if (run.detail.hostsStated) io.line("  The segment has no roster: that the attack sample comes from its hosts is only stated.");
  for (const { title, message } of run.detail.refused) io.line(`  refused: ${title}: ${message}`);
}
