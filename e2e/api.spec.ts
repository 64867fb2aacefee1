import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { ask, type Answer } from "./support/ask";
import { expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { freePort } from "./support/free-port";
import { makeBundle, RELEASE } from "./support/make-bundle";
import { instances } from "./support/instances";
import { runToEnd, startServer, type RunningServer } from "./support/server";

/** A pipeline's way through the HTTP API, at a server that holds data of its own and therefore asks for its token. */
test.describe("the HTTP API of a server with data of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-api-"));
  let server: RunningServer;
  const origin = (): string => new URL(server.address).origin;
  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${new URL(server.address).searchParams.get("token") ?? ""}` });
  const read = (path: string): Promise<Answer> => ask(origin(), `/api/v1${path}`, { headers: bearer() });
  const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> => ask(origin(), `/api/v1${path}`, { method: "POST", headers: { ...bearer(), "content-type": "application/json", ...headers }, body: JSON.stringify(body) });

  test.beforeAll(async () => {
    chmodSync(folder, 0o711); // see e2e/support/global-setup.ts
    const data = join(folder, "data");
    writeFileSync(join(folder, "segments.csv"), "name,platforms,assets,criticality\nEU servers,Windows,10,4\nEU Macs,macOS,20,2\n");
    writeFileSync(join(folder, "bundle.json"), makeBundle());
    await runToEnd(["segments", "import", join(folder, "segments.csv")], data);
    await runToEnd(["catalog", "import", join(folder, "bundle.json"), "--release", RELEASE], data);
    server = await startServer(data, await freePort());
  });
  test.afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const refused = (answer: Answer, status: number): void => {
    expect(answer.status, answer.body).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ type: "about:blank", status, code: "FORBIDDEN" });
  };

  test("opens to the right bearer alone, wherever a request says that it comes from", async () => {
    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: "Basic d3Jvbmc6d3Jvbmc=" }] as Record<string, string>[]) {
      const answer = await ask(origin(), "/api/v1/assessments", { headers });
      refused(answer, 401);
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
    }
    expect((await read("/assessments")).status).toBe(200);
    refused(await ask(origin(), "/api/v1/assessments", { headers: { ...bearer(), host: `rebound.example:${new URL(origin()).port}` } }), 421);
    refused(await send("/gate", { minObserved: 0 }, { origin: "http://elsewhere.example" }), 403);
    refused(await send("/gate", { minObserved: 0 }, { authorization: "Bearer wrong" }), 401);
    refused(await ask(origin(), "/api/v1/gate", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }), 403);
  });

  test("is described by a document that is valid and true: what it promises of an answer holds", async () => {
    const document = JSON.parse((await read("/openapi.json")).body);
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), servers: [{ url: "/api/v1" }], security: [{ startToken: [] }] });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? "");
    expect(references.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: "api", ...document });
    const fits = (path: string, method: string, status: number, answer: Answer): void => {
      expect(answer.status, answer.body).toBe(status);
      const pointer = `api#/paths/${path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/${method}/responses/${status}/content/application~1json/schema`;
      expect(ajv.validate(pointer, JSON.parse(answer.body)), `${path}: ${JSON.stringify(ajv.errors)}`).toBe(true);
    };

    // No Origin: a program has none, and brings its bearer instead.
    const started = await send("/assessments", {});
    fits("/assessments", "post", 202, started);
    const place = (started.location ?? "").replace("/api/v1", "");
    await expect.poll(async () => JSON.parse((await read(place)).body).state, { timeout: 30_000 }).toBe("done");
    fits("/jobs/{job}", "get", 200, await read(place));
    fits("/assessments/{assessment}/cells", "get", 200, await read("/assessments/latest/cells?segment=EU+Macs"));
    fits("/assessments/{assessment}/rollups", "get", 200, await read("/assessments/latest/rollups?level=fleet,segment,tactic"));
    fits("/gaps", "get", 200, await read("/gaps?segment=EU+servers"));
    fits("/plan", "get", 200, await read("/plan?budget=100000"));
    const gate = await send("/gate", { minObserved: 0.6, segment: "EU servers" });
    fits("/gate", "post", 200, gate);
    expect(JSON.parse(gate.body)).toMatchObject({ passed: false, checks: [{ check: "min-observed", passed: false, says: expect.stringContaining("EU servers") }] });

    const report = await read("/assessments/latest");
    const again = await ask(origin(), "/api/v1/assessments/latest", { headers: { ...bearer(), "if-none-match": String(report.headers.etag) } });
    expect([again.status, again.body]).toEqual([304, ""]);
  });

  test("says what is wrong with a request, where, and what to do", async () => {
    expect(JSON.parse((await read("/assessments/latest/cells?limit=0&colour=red")).body)).toMatchObject({ status: 400, code: "INVALID", faults: [{ field: expect.any(String), message: expect.any(String) }] });
    expect(JSON.parse((await read("")).body)).toMatchObject({ status: 404, remedy: expect.stringContaining("openapi.json") });
    expect(JSON.parse((await read("/no/such/place")).body)).toMatchObject({ status: 404, remedy: expect.stringContaining("openapi.json") });
    const method = await ask(origin(), "/api/v1/gate", { headers: bearer() });
    expect([method.status, method.headers.allow]).toEqual([405, "POST"]);
    expect((await send("/gate", { minObserved: 2 })).status).toBe(400);
    expect((await ask(origin(), "/api/v1/gate", { method: "POST", headers: { ...bearer(), "content-type": "text/plain" }, body: "x" })).status).toBe(415);
    expect((await send("/gate", { segment: "x".repeat(1 << 20) })).status).toBe(413);
  });
});

test("the reference is read and tried in the browser", async ({ page }) => {
  const heard = watchPage(page);
  const demo = new URL(instances().demo).origin;
  await page.goto(`${demo}/api-reference`);
  await expect(page.getByRole("heading", { level: 1, name: "HTTP API" })).toBeVisible();
  await page.getByText("Recompute the audit log's hash chain").click();
  await page.getByRole("button", { name: "Try verifyAudit" }).click();
  await expect(page.getByText(/^200 \/api\/v1\/audit\/verify/)).toBeVisible();
  await expect(page.getByLabel("Answer of verifyAudit")).toContainText('"broken": null');
  await expectAccessibleInBothThemes(page);
  await expectNoSideScroll(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${demo}/api-reference#getReport`); // a link to an operation finds it open
  await page.reload();
  await expect(page.getByRole("button", { name: "Try getReport" })).toBeVisible();
  await expectNoSideScroll(page);
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
});
