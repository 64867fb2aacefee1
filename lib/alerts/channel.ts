import { z } from "zod";
import { isTimeZone } from "@/lib/events/time/zone-offset";

export const CHANNEL_KINDS = ["webhook", "mail"] as const;

const address = z.email("must be an address such as soc@example.org").max(320);
const link = () => z.url({ protocol: /^https?$/, error: "must be an http or https address" });

/**
 * Where alerts are sent besides the product itself. digestHour: the hour of the day, in the zone, at which the digest of what is
 * new goes out, at most once a day; null: none. allowPrivate: the operator vouches for an address in a private network.
 */
const common = {
  name: z.string().trim().min(1, "A channel needs a name").max(100, "A name has at most 100 characters"),
  enabled: z.boolean().default(true),
  immediate: z.boolean().default(true), // alerts of critical segments go out at once
  digestHour: z.int("must be an hour from 0 to 23").min(0, "must be an hour from 0 to 23").max(23, "must be an hour from 0 to 23").nullable().default(8),
  timeZone: z.string().refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin").default("UTC"),
  baseUrl: link().nullable().default(null), // links lead there; null: messages hold none
};

export const webhookSchema = z.object({ ...common, kind: z.literal("webhook"), url: link().max(2_000), allowPrivate: z.boolean().default(false) });
export const mailSchema = z.object({
  ...common,
  kind: z.literal("mail"),
  host: z.string().trim().min(1, "The mail server needs a name").max(255),
  port: z.int("must be a port from 1 to 65535").min(1, "must be a port from 1 to 65535").max(65_535, "must be a port from 1 to 65535").default(587),
  security: z.enum(["starttls", "tls", "none"]).default("starttls"),
  user: z.string().max(320).default(""), // "": no login
  from: address,
  to: z.array(address).min(1, "Somebody has to get the mail").max(50, "has at most 50 addresses"),
});
export const channelSchema = z.discriminatedUnion("kind", [webhookSchema, mailSchema]);
export type Channel = z.infer<typeof channelSchema>;
export type ChannelDraft = z.input<typeof channelSchema>;
export type Webhook = z.infer<typeof webhookSchema>;
export type Mail = z.infer<typeof mailSchema>;

/** What is wrong with a channel beyond its shape; null when nothing is. A secret that travels in clear is refused unless it stays on this machine. */
export function faultOf(channel: Channel): { readonly field: string; readonly message: string; readonly remedy: string } | null {
  if (channel.kind === "webhook") {
    const { protocol, hostname, username, password } = new URL(channel.url);
    if (username !== "" || password !== "") return { field: "url", message: "The address holds a user name or password.", remedy: "Leave them out: the request is signed with the channel's secret." };
    if (protocol === "http:" && !isLoopbackName(hostname) && !channel.allowPrivate) return { field: "url", message: "Plain http is taken only by this machine.", remedy: "Use https, or vouch for the private network." };
    return null;
  }
  if (channel.security === "none" && channel.user !== "" && !isLoopbackName(channel.host)) return { field: "security", message: "A password would travel in clear.", remedy: "Use STARTTLS or TLS." };
  return null;
}

/** Whether a name means this machine. */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}
