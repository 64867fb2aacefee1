import { createTransport } from "nodemailer";
import type { Mail } from "@/lib/alerts/channel";
import type { StoredMessage } from "@/lib/alerts/store";

const TIMEOUT_MS = 20_000;

/**
 * Hands a message to the mail server of a channel. The Message-ID is the delivery's own, so that a mail system that gets it twice can tell.
 *
 * @throws Error in words when the server did not take it
 */
export async function sendMail({ host, port, security, user, from, to }: Mail, secret: string, { subject, text, html }: StoredMessage, delivery: number): Promise<void> {
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(user === "" ? {} : { auth: { user, pass: secret } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from, to, subject, text, html, messageId: `<sightline-${delivery}-${from}>`, headers: { "Auto-Submitted": "auto-generated" } });
  } finally {
    transport.close();
  }
}
