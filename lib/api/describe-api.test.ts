import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { ENDPOINTS } from "./endpoints";
import { openApi } from "./open-api";

describe("the document of the HTTP API", () => {
  test("is a valid OpenAPI 3.1 document", async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(openApi())));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test("names every endpoint once, with an operation id of its own", () => {
    const { paths } = JSON.parse(JSON.stringify(openApi()));
    for (const { method, path, id } of ENDPOINTS) expect(paths[path][method.toLowerCase()].operationId).toBe(id);
    expect(new Set(ENDPOINTS.map(({ id }) => id)).size).toBe(ENDPOINTS.length);
    expect(new Set(ENDPOINTS.map(({ method, path }) => `${method} ${path}`)).size).toBe(ENDPOINTS.length);
  });

  test("every reference in it leads to a shape that it holds", () => {
    const text = JSON.stringify(openApi());
    const { components } = JSON.parse(text);
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(names.length).toBeGreaterThan(ENDPOINTS.length);
    for (const name of names) expect(components.schemas).toHaveProperty(name);
    expect(text).not.toContain("#/$defs/");
  });

  test("every parameter in braces is declared, and none besides", () => {
    for (const { path, parameters } of ENDPOINTS) expect([...path.matchAll(/\{(.+?)\}/g)].map((match) => match[1])).toEqual(Object.keys(parameters.shape));
  });
});
