import "server-only";
import { cookies } from "next/headers";
import type { LetIn } from "./request-context";
import { startToken, TOKEN_COOKIE, tokenCookieName } from "./start-token";

/**
 * After a change by a browser that needed no token yet: the change, or the job it started, may end the time in which none is
 * needed, and the browser that did it must not be shut out by it. It gets the token.
 */
export async function keepWayIn({ byToken }: LetIn): Promise<void> {
  if (byToken || startToken() === "") return;
  (await cookies()).set(tokenCookieName(), startToken(), TOKEN_COOKIE);
}
