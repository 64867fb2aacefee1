import type { Command } from "commander";
import { readAssessmentId } from "../read-assessment-id";
import type { CliIo } from "../cli-io";

const SHOWN = 20;

/** `compare`: what changed between two assessments, and which group of inputs moved it. */
export function register(program: Command, io: CliIo): void {
  program
    .command("compare")
    .description("what changed between two assessments: the number divided over engine, catalogue, fleet, policy, evidence and time; every changed cell with its cause")
    .argument("[a]", "the earlier one (default: the one before b)")
    .argument("[b]", "the later one (default: the newest)")
    .option("--segment <name>", "only this segment")
    .option("--json", "print one JSON document")
    .action(async (a: string | undefined, b: string | undefined, flags: { segment?: string; json?: boolean }) => {
      const { getComparison } = await import("@/lib/operations/get-comparison");
      const query = { a: readAssessmentId(a), b: readAssessmentId(b), ...(flags.segment === undefined ? {} : { segment: flags.segment }) };
      const found = await io.withContext((ctx) => getComparison(ctx, query, { signal: io.signal }));
      if (flags.json) return io.json(found);
      const numbers = found.fleet ?? found.segments[0];
      if (numbers === undefined) return;
      const say = ({ observed, k, n }: typeof numbers.from): string => (observed === null ? "no evidence" : `${(observed / 10_000).toFixed(1)} % (${k} of ${n})`);
      io.line(`Assessment ${found.a.assessment} to ${found.b.assessment}, ${found.fleet === null ? (found.segments[0]?.segment ?? "") : "the fleet"}: observable ${say(numbers.from)} to ${say(numbers.to)}`);
      io.table(numbers.parts.map(({ part, points, cells, applicable }) => ({ part, points: (points / 10_000).toFixed(4), cells, applicable, inputs: (found.inputs[part] ?? []).join("; ") })));
      for (const { analytic, segment, moves, reach, from, to } of found.cells.slice(0, SHOWN)) {
        const how = moves.length === 0 ? `reach ${(reach[0] / 10_000).toFixed(1)} to ${(reach[1] / 10_000).toFixed(1)} %` : moves.map((move) => `${move.part}: ${move.from} -> ${move.to}`).join("; ");
        io.line(`${analytic}  ${segment}  ${from} -> ${to}  ${how}`);
      }
      if (found.cells.length > SHOWN) io.note(`${found.cells.length - SHOWN} more changed cells: --json prints them all.`);
    });
}
