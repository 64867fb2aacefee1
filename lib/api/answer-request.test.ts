import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { OperationContext } from "@/lib/operations/context";
import { SightlineError } from "@/lib/shared/errors";
import { answerRequest, type ApiRequest } from "./answer-request";
import { jsonEndpoint, linesEndpoint, TAKES_NOTHING, type Endpoint } from "./endpoint";
import { problemSchema } from "./problem";

const ctx: OperationContext = Object.create(null); // the endpoints below ask it nothing

async function* numbers(count: number): AsyncGenerator<{ n: number }> {
  if (count > 3) throw new SightlineError("TOO_LARGE", "More than three.", { field: "count", remedy: "Ask for fewer." });
  for (let n = 1; n <= count; n += 1) yield { n };
}

const TABLE: readonly Endpoint[] = [
  jsonEndpoint({ ...TAKES_NOTHING, id: "getThing", method: "GET", path: "/things/{thing}", tag: "t", summary: "", parameters: z.strictObject({ thing: z.string() }), query: z.strictObject({ limit: z.int().min(1).default(5), tags: z.array(z.string()).optional(), deep: z.boolean().optional() }), response: z.object({ thing: z.string(), limit: z.number(), tags: z.array(z.string()).optional(), deep: z.boolean().optional() }), run: async (_ctx, { path, query }) => ({ ...path, ...query, secret: "left out" }) }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "diffThings", method: "GET", path: "/things/diff", tag: "t", summary: "", response: z.object({ diff: z.literal(true) }), run: async () => ({ diff: true as const }) }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "makeThing", method: "POST", path: "/things", tag: "t", summary: "", body: z.strictObject({ name: z.string(), size: z.int() }), status: 201, response: z.object({ name: z.string() }), locate: ({ name }) => `/api/v1/things/${name}`, run: async (_ctx, { body }) => body }),
  linesEndpoint({ ...TAKES_NOTHING, id: "countThings", method: "GET", path: "/count", tag: "t", summary: "", query: z.strictObject({ count: z.int() }), response: z.object({ n: z.number() }), run: (_ctx, { query }) => numbers(query.count) }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "breakThing", method: "GET", path: "/defect", tag: "t", summary: "", response: z.object({}), run: () => Promise.reject(new Error("the inside")) }),
];

const reported: unknown[] = [];

async function ask(method: string, address: string, more: { body?: string; contentType?: string | null; ifNoneMatch?: string } = {}) {
  const url = new URL(address, "http://127.0.0.1");
  const body = more.body;
  const request: ApiRequest = {
    method,
    path: url.pathname.split("/").slice(1).map(decodeURIComponent),
    query: url.searchParams,
    contentType: more.contentType === undefined ? "application/json" : more.contentType,
    ifNoneMatch: more.ifNoneMatch ?? null,
    body:
      body === undefined
        ? null
        : (async function* () {
            yield Buffer.from(body);
          })(),
  };
  const response = await answerRequest(ctx, request, (error) => reported.push(error), TABLE);
  let text = "";
  if (typeof response.body === "string") text = response.body;
  else if (response.body !== null) for await (const part of response.body) text += Buffer.from(part).toString();
  return { ...response, text };
}

const problem = (text: string) => problemSchema.parse(JSON.parse(text));

describe("a request to the HTTP API", () => {
  test("is answered with what its schema names, and nothing besides", async () => {
    const { status, text } = await ask("GET", "/things/a%20b?limit=7&tags=x,y&deep=true");
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ thing: "a b", limit: 7, tags: ["x", "y"], deep: true });
  });

  test("that does not fit says so in plain words, field by field", async () => {
    const faults = async (given: object) => problem((await ask("POST", "/things", { body: JSON.stringify(given) })).text).faults;
    expect(await faults({ size: "two", colour: 1 })).toEqual([
      { field: "name", message: "is missing" },
      { field: "size", message: "must be a number" },
      { field: "colour", message: "is not a member of this document" },
    ]);
    expect(await faults({ name: "a", size: 1.5 })).toEqual([{ field: "size", message: "must be a whole number" }]);
    expect(problem((await ask("GET", "/things/a?limit=0")).text).faults).toEqual([{ field: "limit", message: "must be at least 1" }]);
  });

  test("takes an address that is written out before one with a parameter", async () => {
    expect(JSON.parse((await ask("GET", "/things/diff")).text)).toEqual({ diff: true });
  });

  test("is answered 304 while nothing changed", async () => {
    const first = await ask("GET", "/things/a");
    const again = await ask("GET", "/things/a", { ifNoneMatch: `W/${first.headers.etag}` });
    expect(again).toMatchObject({ status: 304, body: null });
    expect((await ask("GET", "/things/b", { ifNoneMatch: first.headers.etag ?? "" })).status).toBe(200);
  });

  test.each([
    ["/things/a?limit=seven", "limit"],
    ["/things/a?limit=0", "limit"],
    ["/things/a?deep=yes", "deep"],
    ["/things/a?unknown=1", "unknown"],
    ["/things/a?limit=1&limit=2", "limit"],
  ])("%s is refused, naming %s", async (address, field) => {
    const { status, headers, text } = await ask("GET", address);
    expect(status).toBe(400);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(problem(text)).toMatchObject({ code: "INVALID", field });
  });

  test("that makes something says where it is", async () => {
    const made = await ask("POST", "/things", { body: '{"name":"n","size":1}' });
    expect(made).toMatchObject({ status: 201, headers: { location: "/api/v1/things/n", "cache-control": "no-store" } });
  });

  test.each([
    [400, "{broken", "application/json"],
    [400, '{"name":"n"}', "application/json"],
    [400, '{"name":"n","size":1,"more":2}', "application/json"],
    [400, "", "application/json"],
    [415, '{"name":"n","size":1}', "text/plain"],
    [415, '{"name":"n","size":1}', null],
    [413, JSON.stringify({ name: "n".repeat(1 << 20), size: 1 }), "application/json"],
  ])("with a body that is not what the document says is answered %i", async (expected, body, contentType) => {
    const { status, text } = await ask("POST", "/things", { body, contentType });
    expect(status).toBe(expected);
    expect(problem(text).status).toBe(expected);
  });

  test("by another method says which are taken; to no address, where the document is", async () => {
    expect(await ask("DELETE", "/things")).toMatchObject({ status: 405, headers: { allow: "POST" } });
    expect(problem((await ask("GET", "/nothing")).text).remedy).toContain("openapi.json");
  });

  test("for lines is answered line by line, and a refusal at the start still has its status", async () => {
    expect((await ask("GET", "/count?count=3")).text).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
    const refused = await ask("GET", "/count?count=4");
    expect(refused.status).toBe(413);
    expect(problem(refused.text)).toMatchObject({ field: "count", remedy: "Ask for fewer." });
  });

  test("that meets a defect learns nothing of the inside; the log does", async () => {
    const { status, text } = await ask("GET", "/defect");
    expect(status).toBe(500);
    expect(text).not.toContain("the inside");
    expect(String(reported.at(-1))).toContain("the inside");
  });

  test("of any kind gets an answer, and every refusal is problem details", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("GET", "POST", "PUT", "DELETE"), fc.array(fc.constantFrom("things", "diff", "count", "x y", ".."), { maxLength: 3 }), fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 2 }), fc.option(fc.string({ maxLength: 20 }), { nil: undefined }), async (method, parts, query, body) => {
        const { status, text } = await ask(method, `/${parts.map(encodeURIComponent).join("/")}?${new URLSearchParams(query).toString()}`, body === undefined ? {} : { body });
        expect(status).not.toBe(500);
        if (status >= 400) expect(problem(text).status).toBe(status);
      }),
      { numRuns: 100 },
    );
  });
});
