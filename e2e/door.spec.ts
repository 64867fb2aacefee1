import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ask, type Answer } from "./support/ask";
import { freePort } from "./support/free-port";
import { instances } from "./support/instances";
import { runToEnd, startServer, type RunningServer } from "./support/server";

/** The door before accounts, at real servers: what the pure function decides must hold for pages, actions, routes and uploads. */

const upload = (origin: string, headers: Record<string, string>): Promise<Answer> =>
  ask(origin, "/api/uploads?kind=inventory&name=segments.csv", { method: "POST", headers: { "content-type": "application/octet-stream", "content-length": "5", ...headers }, body: "name\n" });

test.describe("with nothing but the demonstration fleet", () => {
  const origin = (): string => new URL(instances().demo).origin;

  test("the first page opens without a token", async () => {
    expect((await ask(origin(), "/")).status).toBe(200);
  });

  for (const path of ["/", "/start", "/api/jobs", "/analytics"]) {
    test(`${path} under another Host is misdirected`, async () => {
      expect((await ask(origin(), path, { headers: { host: `rebound.example:${new URL(origin()).port}` } })).status).toBe(421);
    });
  }

  test("an upload under another Host is misdirected, although uploads pass the proxy by", async () => {
    const host = `rebound.example:${new URL(origin()).port}`;
    expect((await upload(origin(), { host, origin: `http://${host}` })).status).toBe(421);
  });

  test("a change from another site is refused, for pages, routes and uploads", async () => {
    const strangers: Record<string, string>[] = [{ origin: "http://elsewhere.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }, {}];
    for (const foreign of strangers) {
      expect((await upload(origin(), foreign)).status).toBe(403);
      expect((await ask(origin(), "/", { method: "POST", headers: foreign })).status).toBe(403);
      expect((await ask(origin(), "/api/jobs", { method: "POST", headers: foreign })).status).toBe(403);
    }
  });

  test("a change by this server's own page passes, and its browser keeps its way in", async () => {
    const answer = await upload(origin(), { origin: origin() });
    expect(answer.status, answer.body).toBe(200);
    expect(answer.cookies.join()).toMatch(/^sightline-start-\d+=.+HttpOnly.+SameSite=strict/i);
  });

  test("scripts run only with the nonce of their answer", async () => {
    const [first, second] = [await ask(origin(), "/"), await ask(origin(), "/")];
    const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1];
    expect(first.policy).toContain("frame-ancestors 'none'");
    expect(nonce).toBeTruthy();
    expect(second.policy).not.toContain(nonce);
    expect([...first.body.matchAll(/<script\b[^>]*>/g)].filter(([tag]) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  });
});

test.describe("with data of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-door-"));
  let server: RunningServer;
  const origin = (): string => new URL(server.address).origin;
  const token = (): string => new URL(server.address).searchParams.get("token") ?? "";

  test.beforeAll(async () => {
    chmodSync(folder, 0o711); // see e2e/support/global-setup.ts
    writeFileSync(join(folder, "segments.csv"), "name,platforms,assets,criticality\nEU servers,Windows,10,4\n");
    await runToEnd(["segments", "import", join(folder, "segments.csv")], join(folder, "data"));
    server = await startServer(join(folder, "data"), await freePort());
  });
  test.afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("nothing is shown without the token: pages lead to a plain page that says how to get in, routes answer 401", async () => {
    const page = await ask(origin(), "/");
    expect(page.body).not.toContain("EU servers");
    expect([307, 200]).toContain(page.status); // 200: Next had begun to answer and sends the browser on by script
    const start = await ask(origin(), "/start");
    expect(start.status).toBe(401);
    expect(start.body).toContain("/start?token=");
    expect((await ask(origin(), "/api/jobs")).status).toBe(401);
    expect((await upload(origin(), { origin: origin() })).status).toBe(401);
  });

  test("a wrong token opens nothing, the right one sets a closed cookie that opens everything", async () => {
    expect((await ask(origin(), "/start?token=wrong")).status).toBe(401);
    const cookie = (await ask(origin(), "/api/jobs", { headers: { cookie: `sightline-start-${new URL(origin()).port}=wrong` } })).status;
    expect(cookie).toBe(401);
    const let_in = await ask(origin(), `/start?token=${token()}`);
    expect(let_in).toMatchObject({ status: 303, location: "/" });
    expect(let_in.cookies.join()).toMatch(/HttpOnly/i);
    expect(let_in.cookies.join()).toMatch(/SameSite=strict/i);
    const headers = { cookie: let_in.cookies[0]?.split(";")[0] ?? "" };
    expect((await ask(origin(), "/", { headers })).status).toBe(200);
    expect((await ask(origin(), "/api/jobs", { headers })).status).toBe(200);
  });

  test("in a browser, the printed address opens the first page", async ({ page }) => {
    await page.goto(server.address);
    await expect(page).toHaveURL(`${origin()}/`);
    await page.context().clearCookies();
    await page.goto(`${origin()}/`);
    await expect(page.getByText("open it with the address that it printed")).toBeVisible();
  });
});
