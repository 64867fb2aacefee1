import { createHmac } from "node:crypto";
import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { Webhook } from "@/lib/alerts/channel";

const TIMEOUT_MS = 10_000;

// Networks that a webhook may not reach unless the operator vouches for it: this machine, private and link-local ones, metadata services, and IPv6 that a gateway turns into any IPv4 (NAT64, 6to4).
const PRIVATE = new BlockList();
for (const [net, bits] of [["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["224.0.0.0", 3]] as const) PRIVATE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [["::", 127], ["fc00::", 7], ["fe80::", 10], ["ff00::", 8], ["64:ff9b::", 96], ["64:ff9b:1::", 48], ["2002::", 16]] as const) PRIVATE.addSubnet(net, bits, "ipv6");

/** Whether an address belongs to a network that is not the internet. An IPv4 address in IPv6 clothing is judged as what it is. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ?? address;
  return PRIVATE.check(mapped, isIP(mapped) === 6 ? "ipv6" : "ipv4");
}

/** What receivers check: HMAC-SHA256 of "timestamp.body" with the channel's secret, in hex. */
export function signBody(secret: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}

/**
 * Posts a body to a webhook, signed, without following redirects. The address that a name leads to is checked where the connection
 * is made, so that a name that changes its mind meanwhile leads nowhere else.
 *
 * @throws Error in words when it was not taken: another status than 2xx, a refused address, no answer in ten seconds
 */
export function sendWebhook({ url, allowPrivate }: Webhook, secret: string, body: string, facts: { readonly delivery: number; readonly at: Date }): Promise<void> {
  const address = new URL(url);
  const loopback = address.hostname === "localhost" || isIP(address.hostname.replace(/^\[|\]$/g, "")) !== 0 ? isLoopback(address.hostname) : false;
  const mayGo = (ip: string): boolean => allowPrivate || (loopback && isLoopback(ip)) || !isPrivateAddress(ip);
  const timestamp = String(Math.floor(facts.at.getTime() / 1000));
  const literal = address.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !mayGo(literal)) return Promise.reject(new Error(`${literal} belongs to a private network`));
  const safeLookup: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, "", 4);
      const refused = found.find((one) => !mayGo(one.address));
      if (refused) return done(Object.assign(new Error(`${host} leads to ${refused.address}, which belongs to a private network`), { code: "EPRIVATE" }), "", 4);
      if (options.all) return done(null, found);
      const [first] = found;
      return first === undefined ? done(Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" }), "", 4) : done(null, first.address, first.family);
    });
  };
  return new Promise((resolve, reject) => {
    const send = address.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(
      address,
      {
        method: "POST",
        lookup: safeLookup,
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Sightline",
          "x-sightline-delivery": String(facts.delivery),
          "x-sightline-timestamp": timestamp,
          ...(secret === "" ? {} : { "x-sightline-signature": `sha256=${signBody(secret, timestamp, body)}` }),
        },
      },
      (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve();
        else reject(new Error(status >= 300 && status < 400 ? `it answered ${status} and points elsewhere: redirects are not followed` : `it answered ${status}`));
      },
    );
    request.on("error", (error) => reject(error.name === "AbortError" || error.name === "TimeoutError" ? new Error("it did not answer in ten seconds") : error));
    request.end(body);
  });
}

function isLoopback(name: string): boolean {
  const plain = name.replace(/^\[|\]$/g, "").toLowerCase();
  return plain === "localhost" || plain === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(plain);
}
