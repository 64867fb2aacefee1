import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { webhookSchema } from "@/lib/alerts/channel";
import { isPrivateAddress, sendWebhook, signBody } from "./send-webhook";

const received: { headers: IncomingMessage["headers"]; body: string }[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    received.push({ headers: request.headers, body });
    if (request.url === "/elsewhere") response.writeHead(302, { location: "/taken" });
    else response.writeHead(request.url === "/broken" ? 500 : 204);
    response.end();
  });
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const hook = (path: string, more: object = {}) => webhookSchema.parse({ kind: "webhook", name: "n", url: `http://127.0.0.1:${port}${path}`, ...more });
const facts = { delivery: 7, at: new Date("2026-11-21T12:00:00Z") };

describe("a webhook", () => {
  test("arrives whole, with its number and a signature that the receiver can check", async () => {
    await sendWebhook(hook("/taken"), "secret", '{"a":"ä"}', facts);
    const { headers, body } = received.at(-1) ?? { headers: {}, body: "" };
    expect(body).toBe('{"a":"ä"}');
    expect(headers["x-sightline-delivery"]).toBe("7");
    expect(headers["x-sightline-signature"]).toBe(`sha256=${signBody("secret", String(headers["x-sightline-timestamp"]), body)}`);
  });

  test("that is refused says with what, and follows no redirect", async () => {
    const before = received.length;
    await expect(sendWebhook(hook("/broken"), "", "{}", facts)).rejects.toThrow("500");
    await expect(sendWebhook(hook("/elsewhere"), "", "{}", facts)).rejects.toThrow("redirects are not followed");
    expect(received.length).toBe(before + 2);
  });

  test.each(["64:ff9b::a00:1", "2002:a00:1::1", "10.0.0.1", "169.254.169.254", "172.16.9.9", "192.168.1.1", "127.0.0.1", "0.0.0.0", "::1", "fd00::1", "fe80::1", "::ffff:10.1.2.3", "100.64.0.1"])("%s is no address of the internet", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(["8.8.8.8", "2606:4700::1111", "172.32.0.1"])("%s is one", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  test("to a private network is refused where the connection would be made, unless the operator vouches for it", async () => {
    const url = "http://10.255.255.1:9/";
    await expect(sendWebhook(webhookSchema.parse({ kind: "webhook", name: "n", url: "https://169.254.169.254/latest" }), "", "{}", facts)).rejects.toThrow("private network");
    await expect(sendWebhook(webhookSchema.parse({ kind: "webhook", name: "n", url }), "", "{}", facts)).rejects.toThrow("private network");
  });
});
