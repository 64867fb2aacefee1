import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** What the demonstration fleet's people are told, and a channel of their own. What is done here is taken back. */
const origin = (): string => new URL(instances().demo).origin;
const open = (page: Page): Locator => page.getByRole("region", { name: "Open", exact: true });

test("alerts name what happened, the cells, the owner and the host seen last; they are narrowed, acknowledged, snoozed and woken", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/alerts`);
  await expect(page.getByRole("heading", { level: 1, name: /alerts ask for attention/ })).toBeVisible();
  const fallen = open(page).getByRole("listitem").filter({ hasText: "Domain Controllers lost" });
  await expect(fallen).toContainText(/\d+ cells: AN\d{4}/);
  await expect(fallen).toContainText("Identity Operations");
  await expect(fallen).toContainText(/Last seen\s*dc-/);
  for (const kind of ["Segment fallen", "Source silent", "Claims contradicted", "Test withdrawn", "Proof runs out"]) await expect(open(page).getByText(kind, { exact: true }).first()).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await page.getByRole("navigation", { name: "Kinds of alerts" }).getByRole("link", { name: /^Segment fallen/ }).click();
  await expect(page).toHaveURL(/kind=segment-fallen/);
  await expect(open(page).getByText("Source silent", { exact: true })).toHaveCount(0);
  await page.goto(`${origin()}/alerts?kind=source-silent`);
  const silent = open(page).getByRole("listitem").filter({ hasText: "went silent in Branch Routers" }).first();
  await silent.getByRole("button", { name: /^Acknowledge/ }).click();
  const dialog = page.getByRole("dialog", { name: "Acknowledge" });
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAccessibleDescription(/./); // refused without one, beside the field
  await dialog.getByLabel("Reason").fill("The routers move this week");
  await dialog.getByLabel("Quiet until").fill(new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10));
  await dialog.getByRole("button", { name: "Snooze" }).click();
  const quiet = page.getByRole("region", { name: "Acknowledged and snoozed" });
  await expect(quiet).toContainText(/Quiet until .* The routers move this week/);
  await quiet.getByRole("button", { name: /^Wake/ }).click();
  await expect(quiet).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideScroll(page);
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
});

test.describe("a channel", () => {
  const received: { readonly body: string; readonly signature: string }[] = [];
  let hook: Server;
  let answer = 204;
  test.beforeAll(async () => {
    hook = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (part: string) => (body += part));
      request.on("end", () => {
        received.push({ body, signature: String(request.headers["x-sightline-signature"]) });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((done) => hook.listen(0, "127.0.0.1", done));
  });
  test.afterAll(() => hook?.close());

  test("is made in the browser, tried against a server that listens, says why a message was not taken, and is removed", async ({ page }) => {
    const { port } = hook.address() as AddressInfo;
    await page.goto(`${origin()}/alerts`);
    await page.getByRole("button", { name: "Add a channel" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a channel" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Journey");
    await dialog.getByRole("textbox", { name: "Address" }).fill("http://chat.example/hook");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByRole("textbox", { name: "Address" })).toHaveAccessibleDescription(/clear|https/i);
    await dialog.getByRole("textbox", { name: "Address" }).fill(`http://127.0.0.1:${port}/hook`);
    await dialog.getByLabel("Secret").fill("swordfish");
    await dialog.getByLabel("Digest at hour").fill("");
    await expectAccessibleInBothThemes(page);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Channels", exact: true }).last()).toContainText("Journey");

    await page.getByRole("button", { name: "Test Journey" }).click();
    await expect(page.getByText("It was taken")).toBeVisible();
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ schema: "sightline.alerts/1", kind: "test", alerts: [] });
    expect(received[0]?.signature).toMatch(/^sha256=[0-9a-f]{64}$/);
    answer = 500;
    await page.getByRole("button", { name: "Test Journey" }).click();
    await expect(page.getByRole("region", { name: "What was sent" }).getByRole("row").nth(1)).toContainText("500");

    await page.getByRole("button", { name: "Remove Journey" }).click();
    await expect(page.getByRole("button", { name: "Test Journey" })).toHaveCount(0);
  });
});
