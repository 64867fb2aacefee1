import type { OperationContext } from "@/lib/operations/context";
import { sha256 } from "@/lib/shared/digest";
import { ENDPOINTS } from "./endpoints";
import type { Answer, Endpoint } from "./endpoint";
import { matchEndpoint } from "./match-endpoint";
import { openApi } from "./open-api";
import { makeProblem, PROBLEM_MEDIA_TYPE, problemOf, type Problem } from "./problem";
import { readSentBody } from "./read-sent-body";

/** A request that was let in, free of any framework. path: the parts behind /api/v1, decoded. */
export interface ApiRequest {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string | null;
  readonly ifNoneMatch: string | null;
  readonly body: AsyncIterable<Uint8Array> | null;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<Uint8Array> | null;
}

/**
 * Answers one request of the HTTP API: finds the endpoint, reads what was sent by its schemas, calls its operation. Refusals
 * are problem details; a defect is answered as such and thrown on to `report`.
 *
 * @param report is given what nobody expected, for the server's log
 */
export async function answerRequest(ctx: OperationContext, request: ApiRequest, report: (error: unknown) => void, endpoints: readonly Endpoint[] = ENDPOINTS): Promise<ApiResponse> {
  try {
    if (request.method === "GET" && request.path.join("/") === "openapi.json") return jsonResponse({ kind: "json", status: 200, body: openApi() }, request);
    const match = matchEndpoint(endpoints, request.method, request.path);
    if (!match.found) {
      if (match.allowed.length === 0) return refuse(makeProblem(404, "NOT_FOUND", "There is no such address in this API.", { remedy: "See /api/v1/openapi.json." }));
      return refuse(makeProblem(405, "INVALID", `This address does not take ${request.method}.`), { allow: match.allowed.join(", ") });
    }
    const body = await readSentBody(match.endpoint, request);
    return toResponse(await match.endpoint.handle(ctx, { path: match.path, query: request.query, body }), request);
  } catch (error) {
    const problem = problemOf(error);
    if (problem !== null) return refuse(problem);
    report(error);
    return refuse(makeProblem(500, "UNEXPECTED", "Something unexpected happened; the server's log has the details."));
  }
}

function refuse(problem: Problem, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status: problem.status, headers: { "content-type": PROBLEM_MEDIA_TYPE, "cache-control": "no-store", ...headers }, body: JSON.stringify(problem) };
}

function toResponse(answer: Answer, request: ApiRequest): ApiResponse {
  switch (answer.kind) {
    case "json":
      return jsonResponse(answer, request);
    case "lines":
      return { status: 200, headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" }, body: encodeLines(answer.items) };
    case "file":
      return { status: 200, headers: { "content-type": answer.mediaType, "content-disposition": `attachment; filename="${answer.fileName}"`, "cache-control": "no-store" }, body: answer.content };
  }
}

/** A reading carries an entity tag, so that a client that polls is answered 304 while nothing changed. */
function jsonResponse({ status, body, location }: Extract<Answer, { kind: "json" }>, { method, ifNoneMatch }: ApiRequest): ApiResponse {
  const text = `${JSON.stringify(body)}\n`;
  const headers = { "content-type": "application/json", ...(location === undefined ? {} : { location }) };
  if (method !== "GET" && method !== "HEAD") return { status, headers: { ...headers, "cache-control": "no-store" }, body: text };
  const etag = `"${sha256(text)}"`;
  const tagged = { ...headers, etag, "cache-control": "private, no-cache" };
  if (ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*")) return { status: 304, headers: tagged, body: null };
  return { status, headers: tagged, body: text };
}

const ENCODER = new TextEncoder();
const LINES_AT_ONCE = 200;

async function* encodeLines(items: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  let text = "";
  let lines = 0;
  for await (const item of items) {
    text += `${JSON.stringify(item)}\n`;
    lines += 1;
    if (lines < LINES_AT_ONCE) continue;
    yield ENCODER.encode(text);
    text = "";
    lines = 0;
  }
  if (text !== "") yield ENCODER.encode(text);
}
