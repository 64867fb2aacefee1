import { counted } from "@/lib/shared/format-number";
import { sayInstant } from "@/lib/assessment/instants";
import type { Alert } from "./alert";

/** An alert in a message: open, or mended since it was told. */
export interface ToldAlert {
  readonly id: number;
  readonly alert: Alert;
  readonly closedAt: number | null;
}

/** What is sent: the same words to people, and data to programs. */
export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly json: { readonly schema: "sightline.alerts/1"; readonly kind: "immediate" | "digest" | "test"; readonly at: string; readonly alerts: readonly object[] };
}

/**
 * Writes a message. Names of segments, hosts and sources come from imported files: they are escaped, and line breaks in them end
 * no header and no line.
 *
 * @param baseUrl where links lead; null: none
 */
export function writeMessage(kind: Message["json"]["kind"], alerts: readonly ToldAlert[], baseUrl: string | null, now: number): Message {
  const open = alerts.filter(({ closedAt }) => closedAt === null);
  const [first] = alerts;
  const subject = kind === "test" ? "Sightline: a test of this channel" : first !== undefined && alerts.length === 1 ? `Sightline: ${first.closedAt === null ? "" : "mended: "}${first.alert.title}` : `Sightline: ${counted(open.length, "new alert")}${open.length < alerts.length ? `, ${alerts.length - open.length} mended` : ""}`;
  const intro = kind === "test" ? "This channel works. Alerts will arrive here." : "";
  const link = baseUrl === null ? null : `${baseUrl.replace(/\/$/, "")}/alerts`;
  return {
    subject: oneLine(subject),
    text: [intro, ...alerts.map(paragraph), link ?? ""].filter((part) => part !== "").join("\n\n"),
    html: [`<p>${escapeHtml(intro)}</p>`, ...alerts.map((told) => `<p>${escapeHtml(paragraph(told)).replaceAll("\n", "<br>")}</p>`), link === null ? "" : `<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`].filter((part) => part !== "" && part !== "<p></p>").join("\n"),
    json: {
      schema: "sightline.alerts/1",
      kind,
      at: new Date(now).toISOString(),
      alerts: alerts.map(({ id, alert, closedAt }) => ({ ...alert, id, lastHost: alert.lastHost === null ? null : { host: alert.lastHost.host, at: new Date(alert.lastHost.at).toISOString() }, closedAt: closedAt === null ? null : new Date(closedAt).toISOString() })),
    },
  };
}

function paragraph({ alert, closedAt }: ToldAlert): string {
  const { title, why, cells, analytics, owner, lastHost, noHost, criticality } = alert;
  const named = analytics.length === 0 ? "" : `: ${analytics.slice(0, 8).join(", ")}${cells > Math.min(8, analytics.length) ? ", ..." : ""}`;
  return [
    `${closedAt === null ? "" : "Mended: "}${oneLine(title)}`,
    oneLine(why),
    `${counted(cells, "cell")}${named}. Owner: ${oneLine(owner) || "nobody is named"}. Criticality ${criticality}.`,
    lastHost !== null ? `Last seen: ${oneLine(lastHost.host)}, ${sayInstant(lastHost.at)}.` : oneLine(noHost),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function oneLine(text: string): string {
  // Control characters and line separators: what would end a header or a line.
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
