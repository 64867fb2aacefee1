import type { Command } from "commander";
import type { CliIo } from "../cli-io";

interface ListFlags {
  readonly family?: string;
  readonly basis?: string;
  readonly verdict?: string;
  readonly platform?: string;
  readonly uncited?: string;
  readonly overridden?: boolean;
  readonly json?: boolean;
}

interface OverrideFlags {
  readonly asCited?: readonly string[];
  readonly equivalent?: readonly string[];
  readonly verdict?: string;
  readonly substitute?: string;
  readonly platform?: string;
  readonly analytic?: string;
  readonly reason: string;
  readonly json?: boolean;
}

/** `resolutions list|count|show|override|withdraw`: what ATT&CK's log sources mean in real records, and an engineer's word in place of ours. */
export function register(program: Command, io: CliIo): void {
  const resolutions = program.command("resolutions").description("what log sources mean in real records, and overrides of it");
  resolutions
    .command("list")
    .description("every distinct log source of the current catalogues with its resolution")
    .argument("[text...]", "words that must occur in component, name, channel, record kinds or analytics")
    .option("--family <id>", "only of this family")
    .option("--basis <basis>", "curated, channel or component")
    .option("--verdict <verdict>", "producible, not-producible, platform-mismatch or external")
    .option("--platform <name>", "only as analytics of this platform cite it")
    .option("--uncited <why>", "only where nothing is accepted as cited: not-logged, elsewhere, other-act, no-such-record, behaviour, not-read or not-judged")
    .option("--overridden", "only with an override in force")
    .option("--json", "print one JSON document")
    .action(async (words: readonly string[], { json, overridden = false, ...flags }: ListFlags) => {
      const { listResolutions } = await import("@/lib/operations/list-resolutions");
      const { rows } = await io.withContext((ctx) => listResolutions(ctx, { text: words.join(" "), overridden, ...flags }));
      if (json) return io.json(rows);
      io.table(rows.map((row) => ({ reference: row.reference, component: row.component.name, name: row.name, channel: short(row.channel), platform: row.platform, basis: row.basis, confidence: row.confidence, verdict: row.verdict, kinds: short([...row.asCited, ...row.equivalents].join(" ")), analytics: row.analytics.length, overridden: row.overridden })));
    });
  resolutions
    .command("count")
    .description("how many references of the current catalogues are read on which basis and with which verdict, per domain")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { countResolutions } = await import("@/lib/operations/count-resolutions");
      const rows = await io.withContext((ctx) => countResolutions(ctx));
      if (flags.json) return io.json(rows);
      const part = (n: number, of: number): string => (of === 0 ? "0" : `${n} (${((100 * n) / of).toFixed(1)} %)`);
      io.table(
        rows.map(({ domain, release, references, basis, verdicts, uncited, overridden }) => ({
          domain: `${domain} ${release}`, references, curated: part(basis.curated, references), channel: part(basis.channel, references), component: part(basis.component, references), "curated or channel": part(basis.curated + basis.channel, references),
          producible: verdicts.producible, "not producible": verdicts["not-producible"], "other platform": verdicts["platform-mismatch"], external: verdicts.external, "none as cited": Object.values(uncited).reduce((sum, n) => sum + n, 0), overridden,
        })),
      );
    });
  resolutions
    .command("show")
    .description("one log source: its reading per platform, the fields its records must fill, its overrides")
    .argument("<reference>", "as list prints it")
    .option("--json", "print one JSON document")
    .action(async (reference: string, flags: { json?: boolean }) => {
      const { getResolution } = await import("@/lib/operations/get-resolution");
      const view = await io.withContext((ctx) => getResolution(ctx, reference));
      if (flags.json) return io.json(view);
      io.line(`${view.reference}  ${view.component.id} ${view.component.name}  ${view.name}  ${view.channel}`);
      for (const row of view.readings) {
        io.line(`\n${row.platform ?? "no platform"}: ${row.verdict}, ${row.basis}, ${row.confidence} confidence. ${row.reason}`);
        if (row.substitute !== undefined) io.line(`  in its place  ${row.substitute}`);
        io.line(`  as cited      ${row.asCited.join(", ") || `none${row.uncited === undefined ? "" : ` (${row.uncited})`}`}`);
        io.line(`  equivalents   ${row.equivalents.join(", ") || "none"}`);
        io.line(`  analytics     ${row.analytics.join(", ")}`);
      }
      io.line("\nOverrides, newest first");
      io.table(view.history.map(({ version, platform, analytic, state, inForce, verdict, asCited, equivalents, by, at, reason }) => ({ version, platform, analytic, state, inForce, verdict, kinds: [...asCited, ...equivalents].join(" "), by, at, reason })));
    });
  registerChanges(resolutions, io);
}

function registerChanges(resolutions: Command, io: CliIo): void {
  resolutions
    .command("override")
    .description("say what a log source means here; the next assessment pins it")
    .argument("<reference>", "as list prints it")
    .option("--as-cited <kind...>", "record kinds that are what is cited (family:key)")
    .option("--equivalent <kind...>", "record kinds that report the same act")
    .option("--verdict <verdict>", "producible, not-producible, platform-mismatch or external", "producible")
    .option("--substitute <text>", "what to collect in its place")
    .option("--platform <name>", "only where analytics of this platform cite it")
    .option("--analytic <id>", "only in this analytic")
    .requiredOption("--reason <text>", "why: what was seen, where, who confirms it")
    .option("--json", "print one JSON document")
    .action(async (reference: string, { json, asCited = [], equivalent = [], verdict = "producible", ...flags }: OverrideFlags) => {
      const { setResolutionOverride } = await import("@/lib/operations/set-resolution-override");
      const made = await io.withContext((ctx) => setResolutionOverride(ctx, { reference, asCited, equivalents: equivalent, verdict, ...flags }));
      if (json) return io.json(made);
      io.line(`${made.reference} is overridden (version ${made.version}); the next assessment counts with it.`);
      for (const concern of made.concerns) io.note(concern);
    });
  resolutions
    .command("withdraw")
    .description("end an override; Sightline's own reading holds again")
    .argument("<reference>", "as list prints it")
    .option("--platform <name>", "the platform it is limited to")
    .option("--analytic <id>", "the analytic it is limited to")
    .requiredOption("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (reference: string, { json, ...flags }: { platform?: string; analytic?: string; reason: string; json?: boolean }) => {
      const { withdrawResolutionOverride } = await import("@/lib/operations/withdraw-resolution-override");
      const made = await io.withContext((ctx) => withdrawResolutionOverride(ctx, { reference, ...flags }));
      if (json) io.json(made);
      else io.line(`The override of ${made.reference} is withdrawn (version ${made.version}).`);
    });
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
