import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { makeProblem, PROBLEM_MEDIA_TYPE } from "@/lib/api/problem";
import { answerAtTheDoor } from "@/lib/shared/loopback-door";
import { SECURITY_HEADERS, contentSecurityPolicy } from "@/lib/shared/security-headers";

/**
 * Before every page, action and route: Host and Origin (design, section 10), and the headers that every answer carries.
 * It is not the only guard: each page, action and route checks again when it gets its context (app/_adapters).
 * Uploads pass by, since a body behind a proxy is silently cut at 10 MB; their handlers call the same function.
 */
export function proxy(request: NextRequest): NextResponse {
  const { headers, method } = request;
  const answer = answerAtTheDoor(
    { method, host: headers.get("host"), origin: headers.get("origin"), fetchSite: headers.get("sec-fetch-site"), bearer: isApi(request) && headers.has("authorization") },
    Number(process.env.PORT ?? 3000),
  );
  if (!answer.open && isApi(request)) return secured(NextResponse.json(makeProblem(answer.status, "FORBIDDEN", answer.sentence), { status: answer.status, headers: { "content-type": PROBLEM_MEDIA_TYPE, "cache-control": "no-store" } }));
  if (!answer.open) return secured(new NextResponse(`${answer.sentence}\n`, { status: answer.status, headers: { "content-type": "text/plain; charset=utf-8" } }));
  if (!isDecodable(request.nextUrl.pathname)) return secured(refuseAddress(isApi(request)));
  const policy = contentSecurityPolicy(randomBytes(16).toString("base64"), process.env.NODE_ENV === "development");
  const forwarded = new Headers(headers);
  forwarded.set("content-security-policy", policy); // Next reads the nonce for its own scripts from here
  forwarded.set("x-sightline-method", method); // actions and pages cannot see the method otherwise; overrides what a client sent
  const response = secured(NextResponse.next({ request: { headers: forwarded } }));
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Whether its percent escapes are whole: Next itself ends what is not with a plain 500 while it looks for a route. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const BROKEN_ADDRESS = "The address cannot be read: a percent sign in it is not followed by two digits of a character.";

function refuseAddress(api: boolean): NextResponse {
  if (!api) return new NextResponse(`${BROKEN_ADDRESS}\n`, { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
  const problem = makeProblem(400, "INVALID", BROKEN_ADDRESS, { remedy: "Write a percent sign of a name as %25." });
  return NextResponse.json(problem, { status: 400, headers: { "content-type": PROBLEM_MEDIA_TYPE, "cache-control": "no-store" } });
}

/** Programs speak to the API with a token of their own; its route checks it (app/_adapters/request-context). */
function isApi(request: NextRequest): boolean {
  return /^\/api\/v1(\/|$)/.test(request.nextUrl.pathname);
}

function secured(response: NextResponse): NextResponse {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ["/((?!api/uploads(?:/|$)).*)"] };
