import type { Command } from "commander";
import type { GapState } from "@/lib/gaps/gap-state";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";

interface Query {
  readonly segment?: string;
  readonly state?: readonly string[];
}

interface SetFlags {
  readonly state?: string;
  readonly owner?: string;
  readonly due?: string;
  readonly reason?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

/** `gaps list|show|set|comment|export`: what keeps cells below observed, who does what about it, and until when. */
export function register(program: Command, io: CliIo): void {
  const gaps = program.command("gaps").description("what keeps cells below observed, and who does what about it");
  narrowed(gaps.command("list").description("the backlog, most gain for its cost first"))
    .option("--json", "print one JSON document")
    .action(async ({ json, ...query }: Query & { json?: boolean }) => {
      const { listGaps } = await import("@/lib/operations/list-gaps");
      const rows = await io.withContext((ctx) => listGaps(ctx, { segment: query.segment, states: query.state }));
      if (json) return io.json(rows);
      io.table(rows.map(({ id, segment, what, kind, cells, points, cost, state, lapsed, owner, due }) => ({ id, segment, what, kind, cells, points: (points / 10_000).toFixed(2), cost, state: lapsed ? "open (acceptance ended)" : state, owner, due })));
    });
  gaps
    .command("show <id>")
    .description("one gap with its history: what assessments found, what people decided and said")
    .option("--json", "print one JSON document")
    .action(async (id: string, { json }: { json?: boolean }) => {
      const [{ getGapView }, { toGapHistoryJson }] = await Promise.all([import("@/lib/operations/get-gap-view"), import("@/lib/gaps/gap-history-json")]);
      const shown = toGapHistoryJson(await io.withContext((ctx) => getGapView(ctx, id)));
      if (json) return io.json(shown);
      const { gap, history } = shown;
      for (const line of [`${gap.id}  ${gap.what} in ${gap.segment}`, gap.why, `state   ${gap.lapsed ? "open (acceptance ended)" : gap.state}${gap.due === null ? "" : `, due ${gap.due}`}`, `owner   ${gap.owner || "nobody is named"}`, `cells   ${gap.cells}: ${gap.analytics.join(", ")}`]) io.line(line);
      io.table(history.map(({ at, actor, kind, assessment, text }) => ({ at: at.slice(0, 16), by: assessment === null ? actor : `assessment ${assessment}`, what: kind, text })));
    });
  gaps
    .command("set <id...>")
    .description("change state, owner, due date or acceptance of gaps, all or none")
    .option("--state <state>", "open, planned, accepted or done; an assessment proves what is called done, or opens it again")
    .option("--owner <who>", "who answers for it")
    .option("--due <date>", "until when it is closed; none: no date")
    .option("--reason <text>", "why; a risk is accepted for a reason")
    .option("--expires <date>", "the last day on which the risk is accepted, at most 12 months ahead")
    .option("--json", "print one JSON document")
    .action(async (ids: string[], { json, ...flags }: SetFlags) => {
      const { setGaps } = await import("@/lib/operations/set-gaps");
      const { due, state, ...rest } = flags;
      const change = { ...rest, ...(state === undefined ? {} : { state: readState(state) }), ...(due === undefined ? {} : { due: due === "none" || due === "" ? null : due }) };
      const changed = await io.withContext((ctx) => setGaps(ctx, { ids, change }));
      if (json) io.json({ gaps: ids.length, changed });
      else io.line(`${changed} of ${ids.length} ${ids.length === 1 ? "gap" : "gaps"} changed.`);
    });
  gaps
    .command("comment <id> <text>")
    .description("add a comment to the history of a gap, where it stays")
    .option("--json", "print one JSON document")
    .action(async (id: string, text: string, { json }: { json?: boolean }) => {
      const { commentGap } = await import("@/lib/operations/comment-gap");
      const gap = await io.withContext((ctx) => commentGap(ctx, { id, text }));
      if (json) io.json({ gap });
      else io.line(`Said of ${gap}.`);
    });
  narrowed(gaps.command("export").description("the backlog as CSV, or a ticket text per gap as Markdown"))
    .option("--csv", "a line per gap")
    .option("--tickets", "a text per gap")
    .option("--id <id...>", "only these gaps")
    .action(async ({ csv, tickets, id, segment, state }: Query & { csv?: boolean; tickets?: boolean; id?: string[] }) => {
      if ((csv === true) === (tickets === true)) throw new SightlineError("INVALID", "Say which: --csv or --tickets.");
      const { exportGapsCsv, exportGapTickets } = await import("@/lib/operations/export-gaps");
      const { gapLabel, readGapLabel } = await import("@/lib/gaps/gap-key");
      const query = { segment, states: state, ids: id?.map((one) => gapLabel(readGapLabel(one) ?? 0)) };
      if (csv === true) io.line((await io.withContext((ctx) => exportGapsCsv(ctx, query))).replace(/\r\n$/, ""));
      else for (const { text } of await io.withContext((ctx) => exportGapTickets(ctx, query))) io.line(text);
    });
}

function narrowed(command: Command): Command {
  return command.option("--segment <name>", "only of this segment").option("--state <state...>", "only open, planned, accepted or done ones");
}

function readState(text: string): GapState {
  const state = (["open", "planned", "accepted", "done"] as const).find((one) => one === text);
  if (state === undefined) throw new SightlineError("INVALID", `"${text}" is not a state.`, { field: "state", remedy: "Give open, planned, accepted or done." });
  return state;
}
