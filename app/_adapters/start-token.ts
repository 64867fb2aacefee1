import { SightlineError } from "@/lib/shared/errors";
import { answerAtTheDoor, sameToken, type DoorRequest } from "@/lib/shared/loopback-door";

const port = (): number => Number(process.env.PORT ?? 3000);

/** Cookies are shared between the ports of a host: each server has a name of its own. */
export function tokenCookieName(): string {
  return `sightline-start-${port()}`;
}

export const TOKEN_COOKIE = { httpOnly: true, sameSite: "strict", path: "/" } as const;

/** The token of this server, made by `serve`; "" when it was started in another way, and then no token opens. */
export function startToken(): string {
  return process.env.SIGHTLINE_START_TOKEN ?? "";
}

/** Whether this is the token that the server printed at its start, compared in constant time. */
export function isStartToken(presented: string | null | undefined): boolean {
  return sameToken(presented, startToken());
}

/** @throws DoorError with 421 or 403 */
export function checkDoor(request: DoorRequest): void {
  const answer = answerAtTheDoor(request, port());
  if (!answer.open) throw new DoorError(answer.status, answer.sentence);
}

/** A request that was not let in: 421 wrong Host, 403 wrong Origin, 401 no start token. */
export class DoorError extends SightlineError {
  constructor(
    readonly status: 401 | 403 | 421,
    sentence: string,
  ) {
    super("FORBIDDEN", sentence);
  }
}

export const NO_TOKEN = "This server holds data of its own: open it with the address that it printed when it was started (…/start?token=…).";

export const WRONG_BEARER = "The bearer is not the token that this server printed when it was started (…/start?token=…).";
