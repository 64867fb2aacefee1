import { checkDoor, DoorError, isStartToken, NO_TOKEN, TOKEN_COOKIE, tokenCookieName } from "@/app/_adapters/start-token";
import { letInByRequest } from "@/app/_adapters/request-context";
import { NextResponse } from "next/server";

/** The address that `serve` prints: the right token sets the cookie and opens the first page; without it a plain page says how to get in. */
export async function GET(request: Request): Promise<Response> {
  const { headers, method } = request;
  try {
    checkDoor({ method, host: headers.get("host"), origin: headers.get("origin"), fetchSite: headers.get("sec-fetch-site") });
    const token = new URL(request.url).searchParams.get("token");
    if (isStartToken(token)) {
      const response = home();
      response.cookies.set(tokenCookieName(), token ?? "", TOKEN_COOKIE);
      return response;
    }
    if (token === null) {
      await letInByRequest(request);
      return home();
    }
    return plainPage(401, NO_TOKEN);
  } catch (error) {
    if (error instanceof DoorError) return plainPage(error.status, error.message);
    throw error;
  }
}

// Relative, so that the browser stays on the name it came by (a cookie belongs to 127.0.0.1 or to localhost, not to both).
function home(): NextResponse {
  return new NextResponse(null, { status: 303, headers: { location: "/", "cache-control": "no-store" } });
}

function plainPage(status: number, sentence: string): Response {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sightline</title><body><h1>Sightline</h1><p>${sentence}</p></body></html>`;
  return new Response(body, { status, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}
