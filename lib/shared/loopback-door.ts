/**
 * The door before accounts (design, section 10): who may reach the web server when nobody can log in. Pure, so that the
 * proxy, every route handler and the tests decide alike. A page on another site that resolves its own name to 127.0.0.1
 * (DNS rebinding) arrives with its own Host; one that posts across sites arrives with its own Origin.
 */

/** What of a request decides: header values as received, null when absent. */
export interface DoorRequest {
  readonly method: string;
  readonly host: string | null;
  readonly origin: string | null;
  readonly fetchSite: string | null; // Sec-Fetch-Site
  readonly bearer?: boolean; // an Authorization header came with it: no page of another site can send one unasked
}

export type DoorAnswer = { readonly open: true } | { readonly open: false; readonly status: 403 | 421; readonly sentence: string };

const OPEN: DoorAnswer = { open: true };
const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Whether the web server may listen on this address: loopback only, until accounts exist. */
export function isLoopbackAddress(address: string): boolean {
  const name = address.trim().toLowerCase();
  return name === "localhost" || name === "::1" || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * Decides on Host (must be a loopback name plus the served port: 421 otherwise) and, for a state change, on Origin (must be the
 * request's own http origin; without an Origin only a browser that vouches "same-origin" passes, or a program that brings a
 * token of its own: 403 otherwise). Whoever lets a bearer in here must check the token.
 *
 * @param port the port that is served
 */
export function answerAtTheDoor(request: DoorRequest, port: number): DoorAnswer {
  const host = request.host?.trim().toLowerCase() ?? "";
  const known = LOOPBACK_NAMES.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
  if (!known) {
    return { open: false, status: 421, sentence: `This server answers only as 127.0.0.1:${port}, not as "${visible(host)}".` };
  }
  if (request.method === "GET" || request.method === "HEAD") return OPEN;
  if (request.origin === null) {
    return request.fetchSite === "same-origin" || request.bearer === true ? OPEN : refused("A change needs an Origin header: open the page in a browser.");
  }
  return request.origin.toLowerCase() === `http://${host}` ? OPEN : refused(`A change may only come from this server's own pages, not from "${visible(request.origin)}".`);
}

/** Compares a presented token with the expected one in time that does not depend on where they differ. */
export function sameToken(presented: string | null | undefined, expected: string): boolean {
  if (presented === null || presented === undefined || expected === "" || presented.length !== expected.length) return false;
  let difference = 0;
  for (let i = 0; i < expected.length; i += 1) difference |= presented.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}

function refused(sentence: string): DoorAnswer {
  return { open: false, status: 403, sentence };
}

function visible(text: string): string {
  return text.slice(0, 100).replaceAll(/[^\x20-\x7e]/g, "?");
}
