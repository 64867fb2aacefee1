import type { Command } from "commander";
import type { ChannelDraft } from "@/lib/alerts/channel";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";

interface ChannelFlags {
  readonly url?: string;
  readonly allowPrivate?: boolean;
  readonly host?: string;
  readonly port?: string;
  readonly security?: string;
  readonly user?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly digestHour?: string;
  readonly timeZone?: string;
  readonly baseUrl?: string;
  readonly immediate: boolean; // --no-immediate
  readonly off?: boolean;
  readonly json?: boolean;
}

/** `alerts list | show | acknowledge | snooze | wake | channels | channel | remove-channel | test | send`. */
export function register(program: Command, io: CliIo): void {
  const alerts = program.command("alerts").description("what people who answer for a segment are told, and where");
  alerts
    .command("list")
    .description("alerts that are open, newest first")
    .option("--closed", "those mended in the last 30 days too")
    .option("--json", "print one JSON document")
    .action(async (flags: { closed?: boolean; json?: boolean }) => {
      const { listAlerts } = await import("@/lib/operations/list-alerts");
      const rows = await io.withContext((ctx) => listAlerts(ctx, { closed: flags.closed === true }));
      if (flags.json) return io.json(rows);
      io.table(rows.map(({ id, alert, openedAt, closedAt, acknowledged, quietUntil }) => ({ id, segment: alert.segment, what: alert.title, cells: alert.cells, owner: alert.owner || "-", last_seen: alert.lastHost?.host ?? "-", since: openedAt.slice(0, 16), state: closedAt !== null ? "mended" : acknowledged !== null ? "acknowledged" : quietUntil !== null ? `quiet until ${quietUntil.slice(0, 10)}` : "open" })));
    });
  alerts
    .command("show")
    .description("one alert with every analytic of its cells, its owner and the host seen last")
    .argument("<id>", "number of an alert")
    .option("--json", "print one JSON document")
    .action(async (id: string, flags: { json?: boolean }) => {
      const { getAlert } = await import("@/lib/operations/get-alert");
      const row = await io.withContext((ctx) => getAlert(ctx, readId(id)));
      if (flags.json) return io.json(row);
      const { title, why, segment, cells, analytics, owner, lastHost, noHost } = row.alert;
      for (const line of [title, why, `segment    ${segment}`, `owner      ${owner === "" ? "nobody is named" : owner}`, `last seen  ${lastHost === null ? noHost || "-" : `${lastHost.host}, ${new Date(lastHost.at).toISOString()}`}`, `cells      ${cells}${analytics.length === 0 ? "" : `: ${analytics.join(", ")}`}`]) io.line(line);
    });
  for (const [how, what] of [["acknowledge", "seen: told no more while they last"], ["snooze", "quiet until the end of a day"], ["wake", "neither acknowledged nor snoozed any more"]] as const) {
    const verb = alerts.command(how).description(what).argument("<id...>", "numbers of alerts");
    if (how !== "wake") verb.requiredOption("--reason <text>", "why");
    if (how === "snooze") verb.requiredOption("--until <date>", "last quiet day, at most 90 days ahead");
    verb.option("--json", "print one JSON document").action(async (ids: string[], flags: { reason?: string; until?: string; json?: boolean }) => {
      const { quietAlerts } = await import("@/lib/operations/quiet-alerts");
      const changed = await io.withContext((ctx) => quietAlerts(ctx, { ids: ids.map(readId), how, ...(flags.reason === undefined ? {} : { reason: flags.reason }), ...(flags.until === undefined ? {} : { until: flags.until }) }));
      if (flags.json) io.json({ changed });
      else io.line(`${changed} changed.`);
    });
  }
  alerts
    .command("channels")
    .description("where alerts are sent, and what was sent last")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { getAlertsView } = await import("@/lib/operations/get-alerts-view");
      const { channels, deliveries } = await io.withContext((ctx) => getAlertsView(ctx));
      if (flags.json) return io.json({ channels, deliveries });
      io.table(channels.map(({ channel, hasSecret }) => ({ name: channel.name, kind: channel.kind, to: channel.kind === "mail" ? channel.to.join(", ") : channel.url, digest: channel.digestHour === null ? "never" : `${channel.digestHour}:00 ${channel.timeZone}`, immediate: channel.immediate ? "yes" : "no", secret: hasSecret ? "kept" : "none", on: channel.enabled ? "yes" : "no" })));
      io.table(deliveries.slice(0, 10).map(({ id, kind, state, attempts, error, createdAt }) => ({ id, kind, state, attempts, at: createdAt.slice(0, 16), why: error ?? "" })));
    });
  alerts
    .command("channel")
    .description("make a channel, or change the one of this name; its secret is read from SIGHTLINE_CHANNEL_SECRET")
    .argument("<kind>", "webhook or mail")
    .argument("<name>", "what it is called here")
    .option("--url <url>", "webhook: https, or http on this machine")
    .option("--allow-private", "webhook: vouch for an address in a private network")
    .option("--host <host>", "mail: the SMTP server")
    .option("--port <port>", "mail: default 587")
    .option("--security <how>", "mail: starttls, tls or none", "starttls")
    .option("--user <name>", "mail: who logs in; else nobody does")
    .option("--from <address>", "mail")
    .option("--to <address...>", "mail")
    .option("--digest-hour <hour>", "0 to 23, or never; default 8")
    .option("--time-zone <zone>", "IANA name; default UTC")
    .option("--base-url <url>", "where links in messages lead; default: no links")
    .option("--no-immediate", "leave alerts of critical segments to the digest")
    .option("--off", "send nothing")
    .option("--json", "print one JSON document")
    .action(async (kind: string, name: string, flags: ChannelFlags) => {
      const [{ setAlertChannel }, { getAlertsView }] = await Promise.all([import("@/lib/operations/set-alert-channel"), import("@/lib/operations/get-alerts-view")]);
      const channel = readChannel(kind, name, flags);
      const secret = process.env.SIGHTLINE_CHANNEL_SECRET;
      const row = await io.withContext(async (ctx) => {
        const known = (await getAlertsView(ctx)).channels.find((one) => one.channel.name.toLowerCase() === name.trim().toLowerCase());
        return setAlertChannel(ctx, { id: known?.id ?? null, channel, ...(secret === undefined ? {} : { secret }) });
      });
      if (flags.json) io.json(row);
      else io.line(`${row.channel.name} is ready. Try it: sightline alerts test "${row.channel.name}".`);
    });
  alerts
    .command("remove-channel")
    .description("send nothing there any more")
    .argument("<name>", "name or id")
    .action(async (name: string) => {
      const { removeAlertChannel } = await import("@/lib/operations/remove-alert-channel");
      io.line(`${await io.withContext((ctx) => removeAlertChannel(ctx, name))} is removed.`);
    });
  alerts
    .command("test")
    .description("send a message without an alert through a channel, now")
    .argument("<name>", "name or id of the channel")
    .option("--json", "print one JSON document")
    .action(async (name: string, flags: { json?: boolean }) => {
      const { testAlertChannel } = await import("@/lib/operations/test-alert-channel");
      const row = await io.withContext((ctx) => testAlertChannel(ctx, name));
      if (flags.json) io.json(row);
      else io.line(row.state === "sent" ? "It was taken." : `It was not taken: ${row.error ?? "unknown"}.`);
      if (row.state !== "sent") io.fail();
    });
  alerts
    .command("send")
    .description("send what is due now; the server does the same every quarter of a minute")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { deliverAlerts } = await import("@/lib/operations/deliver-alerts");
      const outcome = await io.withContext((ctx) => deliverAlerts(ctx));
      if (flags.json) io.json(outcome);
      else io.line(`${outcome.sent} sent, ${outcome.failed} not taken.`);
      if (outcome.failed > 0) io.fail();
    });
}

function readId(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new SightlineError("INVALID", `"${text}" is not the number of an alert.`, { field: "id", remedy: "See sightline alerts list." });
  return Number(text);
}

function readChannel(kind: string, name: string, flags: ChannelFlags): ChannelDraft {
  const { digestHour } = flags;
  const common = {
    name,
    enabled: flags.off !== true,
    immediate: flags.immediate,
    ...(digestHour === undefined ? {} : { digestHour: digestHour === "never" ? null : readNumber(digestHour, "digest-hour") }),
    ...(flags.timeZone === undefined ? {} : { timeZone: flags.timeZone }),
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
  };
  if (kind === "webhook") return { ...common, kind, url: flags.url ?? "", allowPrivate: flags.allowPrivate === true };
  if (kind !== "mail") throw new SightlineError("INVALID", `A channel is a webhook or mail, not "${kind}".`, { field: "kind" });
  const security = (["starttls", "tls", "none"] as const).find((one) => one === flags.security);
  if (security === undefined) throw new SightlineError("INVALID", `"${flags.security ?? ""}" is no way to secure mail.`, { field: "security", remedy: "Write starttls, tls or none." });
  return { ...common, kind, host: flags.host ?? "", ...(flags.port === undefined ? {} : { port: readNumber(flags.port, "port") }), security, user: flags.user ?? "", from: flags.from ?? "", to: [...(flags.to ?? [])] };
}

function readNumber(text: string, field: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new SightlineError("INVALID", `"${text}" is not a number.`, { field });
  return Number(text);
}
