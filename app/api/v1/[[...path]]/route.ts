import { keepWayIn } from "@/app/_adapters/keep-way-in";
import { letInByApi } from "@/app/_adapters/request-context";
import { DoorError } from "@/app/_adapters/start-token";
import { streamOf } from "@/app/_adapters/stream-of";
import { answerRequest, type ApiResponse } from "@/lib/api/answer-request";
import { makeProblem, PROBLEM_MEDIA_TYPE } from "@/lib/api/problem";
import { SECURITY_HEADERS } from "@/lib/shared/security-headers";

/** The HTTP API: every method and address below /api/v1 is answered from one table (lib/api/endpoints). */
async function answer(request: Request, { params }: { params: Promise<{ path?: string[] }> }): Promise<Response> {
  try {
    const entry = await letInByApi(request);
    const { path = [] } = await params;
    const response = await answerRequest(
      entry.ctx,
      {
        method: request.method,
        path: path.map(decodeURIComponent),
        query: new URL(request.url).searchParams,
        contentType: request.headers.get("content-type"),
        ifNoneMatch: request.headers.get("if-none-match"),
        body: request.body === null ? null : partsOf(request.body),
      },
      console.error,
    );
    if (request.method !== "GET" && request.method !== "HEAD" && response.status < 300) await keepWayIn(entry);
    return send(response, request.method === "HEAD");
  } catch (error) {
    return send(refuseAtTheDoor(error), false);
  }
}

/** The parts of a body as they arrive; whoever stops reading closes it. */
async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}

/** @throws what is not the door's */
function refuseAtTheDoor(error: unknown): ApiResponse {
  if (!(error instanceof DoorError)) throw error;
  const headers = { "content-type": PROBLEM_MEDIA_TYPE, "cache-control": "no-store", ...(error.status === 401 ? { "www-authenticate": "Bearer" } : {}) };
  return { status: error.status, headers, body: JSON.stringify(makeProblem(error.status, "FORBIDDEN", error.message)) };
}

function send({ status, headers, body }: ApiResponse, headOnly: boolean): Response {
  const content = headOnly || body === null ? null : typeof body === "string" ? body : streamOf(body);
  return new Response(content, { status, headers: { ...SECURITY_HEADERS, ...headers } });
}

export { answer as GET, answer as HEAD, answer as POST, answer as PATCH, answer as PUT, answer as DELETE };
