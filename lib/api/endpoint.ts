import { z } from "zod";
import type { OperationContext } from "@/lib/operations/context";
import { readBody } from "./read-body";
import { readParameters } from "./read-parameters";

/** What operations return is read-only; the document describes the same shape. */
export type Plain<T> = T extends string | number | boolean | null | undefined ? T : T extends readonly (infer U)[] ? readonly Plain<U>[] : T extends object ? { readonly [K in keyof T]: Plain<T[K]> } : T;

/** What a client sent, before any of it is checked. body: undefined where none came. */
export interface RawRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What an endpoint answers. location: where what was made or started can be read. */
export type Answer =
  | { readonly kind: "json"; readonly status: number; readonly body: unknown; readonly location?: string }
  | { readonly kind: "lines"; readonly items: AsyncIterable<unknown> }
  | { readonly kind: "file"; readonly fileName: string; readonly mediaType: string; readonly content: AsyncIterable<Uint8Array> };

/** What a body may be: a JSON document, or a table as text. */
export type BodyMediaType = "application/json" | "text/csv";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/**
 * One operation offered over HTTP. The same entry routes requests and is described in the OpenAPI document, so neither can
 * know what the other does not. path: OpenAPI's own form, relative to /api/v1.
 */
export interface Endpoint {
  readonly id: string; // operationId
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly says: string; // what the summary leaves out; may be empty
  readonly parameters: z.ZodObject; // in the path
  readonly query: z.ZodObject;
  readonly body: z.ZodType; // z.undefined() where none is taken
  readonly takes: BodyMediaType;
  readonly response: z.ZodType; // of one line where kind is "lines"; of nothing where it is "file"
  readonly kind: Answer["kind"];
  readonly mediaType: string;
  readonly status: number;
  handle(ctx: OperationContext, request: RawRequest): Promise<Answer>;
}

interface Common<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly says?: string;
  readonly parameters: P;
  readonly query: Q;
  readonly body: B;
  readonly takes?: BodyMediaType; // default: JSON. text/csv: body is the schema of its text
}

interface Asked<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly path: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

/** To be spread into an endpoint, which then names what it does take. */
export const TAKES_NOTHING = { parameters: z.strictObject({}), query: z.strictObject({}), body: z.undefined() };

/** An endpoint that answers one JSON document. What the schema does not name is left out of the answer. */
export function jsonEndpoint<R extends z.ZodType, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  given: Common<P, Q, B> & { readonly response: R; readonly status?: number; run(ctx: OperationContext, asked: Asked<P, Q, B>): Promise<Plain<z.input<R>>>; locate?(result: z.output<R>): string },
): Endpoint {
  const { response, status = 200, run, locate } = given;
  return finish(given, { response, kind: "json", mediaType: "application/json", status }, async (ctx, asked) => {
    const body = response.parse(await run(ctx, asked));
    return { kind: "json", status, body, ...(locate === undefined ? {} : { location: locate(body) }) };
  });
}

/** An endpoint that answers one JSON document per line, as many as there are, without holding them. */
export function linesEndpoint<R extends z.ZodType, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  given: Common<P, Q, B> & { readonly response: R; run(ctx: OperationContext, asked: Asked<P, Q, B>): AsyncIterable<Plain<z.input<R>>> },
): Endpoint {
  const { response, run } = given;
  return finish(given, { response, kind: "lines", mediaType: "application/x-ndjson", status: 200 }, async (ctx, asked) => ({ kind: "lines", items: await begin(run(ctx, asked)) }));
}

/** Reads the first item before anything is answered, so that what is refused there still is an answer with its own status. */
async function begin<T>(items: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = items[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let item = first; item.done !== true; item = await iterator.next()) yield item.value;
    } finally {
      await iterator.return?.(); // the client went away: what stands behind is closed
    }
  })();
}

/** An endpoint that answers a file. */
export function fileEndpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  given: Common<P, Q, B> & { readonly mediaType: string; run(ctx: OperationContext, asked: Asked<P, Q, B>): Promise<{ readonly fileName: string; readonly content: AsyncIterable<Uint8Array> }> },
): Endpoint {
  const { mediaType, run } = given;
  return finish(given, { response: z.unknown(), kind: "file", mediaType, status: 200 }, async (ctx, asked) => ({ kind: "file", mediaType, ...(await run(ctx, asked)) }));
}

function finish<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  { id, method, path, tag, summary, says = "", parameters, query, body, takes = "application/json" }: Common<P, Q, B>,
  made: Pick<Endpoint, "response" | "kind" | "mediaType" | "status">,
  answer: (ctx: OperationContext, asked: Asked<P, Q, B>) => Promise<Answer>,
): Endpoint {
  return {
    id,
    method,
    path,
    tag,
    summary,
    says,
    parameters,
    query,
    body,
    takes,
    ...made,
    handle: (ctx, request) =>
      answer(ctx, {
        path: readParameters(parameters, Object.entries(request.path)),
        query: readParameters(query, [...request.query]),
        body: readBody(body, request.body, takes),
      }),
  };
}
