import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { OperationContext } from "@/lib/operations/context";
import { isDemoOnly } from "@/lib/operations/is-demo-only";
import { processContext } from "@/lib/operations/open-context";
import { checkDoor, DoorError, isStartToken, NO_TOKEN, tokenCookieName, WRONG_BEARER } from "./start-token";

/** The context of a request that was let in. byToken false: only because nothing but the demonstration fleet is loaded. */
export interface LetIn {
  readonly ctx: OperationContext;
  readonly byToken: boolean;
}

/**
 * The context of a page: checks Host, Origin and start token again, whatever the proxy did. A browser without the token is
 * sent to /start, which says how to get in.
 */
export async function requestContext(): Promise<OperationContext> {
  try {
    return (await letInByHeaders()).ctx;
  } catch (error) {
    if (error instanceof DoorError && error.status === 401) redirect("/start");
    throw error;
  }
}

/** The same for a server action, with DoorError in place of a redirect. */
export async function letInByHeaders(): Promise<LetIn> {
  const received = await headers();
  // Set by the proxy. Without it the request is treated as a change, the stricter case.
  const method = received.get("x-sightline-method") ?? "POST";
  checkDoor({ method, host: received.get("host"), origin: received.get("origin"), fetchSite: received.get("sec-fetch-site") });
  return letIn((await cookies()).get(tokenCookieName())?.value);
}

/** The same for a route handler, which may not have passed the proxy (uploads). */
export async function letInByRequest(request: Request): Promise<LetIn> {
  const received = request.headers;
  checkDoor({ method: request.method, host: received.get("host"), origin: received.get("origin"), fetchSite: received.get("sec-fetch-site") });
  return letIn((await cookies()).get(tokenCookieName())?.value);
}

/**
 * The same for the HTTP API: a program brings the start token as a bearer; the product's own pages come with their cookie.
 * A bearer that is wrong is refused, whatever else the request brings.
 */
export async function letInByApi(request: Request): Promise<LetIn> {
  const received = request.headers;
  const authorization = received.get("authorization");
  checkDoor({ method: request.method, host: received.get("host"), origin: received.get("origin"), fetchSite: received.get("sec-fetch-site"), bearer: authorization !== null });
  if (authorization === null) return letIn((await cookies()).get(tokenCookieName())?.value);
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (!isStartToken(token)) throw new DoorError(401, WRONG_BEARER);
  return { ctx: (await processContext()).ctx, byToken: true };
}

async function letIn(token: string | undefined): Promise<LetIn> {
  const { ctx } = await processContext();
  if (isStartToken(token)) return { ctx, byToken: true };
  if (await isDemoOnly(ctx)) return { ctx, byToken: false };
  throw new DoorError(401, NO_TOKEN);
}
