import { expect, test, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** The test bench and the packs with the demonstration fleet. Every test here only reads: what is pasted is not kept. */
test.describe.configure({ mode: "parallel" });

const origin = (): string => new URL(instances().demo).origin;

const RULE = `title: Encoded command
author: A. Author
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\powershell.exe'
    CommandLine|contains: ' -enc '
  condition: selection
`;
const EVENT = JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", UtcTime: "2026-03-02 10:00:00.000", Computer: "ws-1", Image: "C:\\Windows\\powershell.exe", CommandLine: "powershell -enc AAAA" });

async function ask(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("list", { name: "What was read" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Ask", exact: true })).toBeEnabled();
}

test("a pasted rule matches a pasted record; broken, it says which line decides; refused, where and what to do", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/bench`);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is no rule yet" })).toBeVisible();
  await page.getByLabel("Text of the rule").fill(RULE);
  await page.getByLabel("Text of the events").fill(EVENT);
  await ask(page);
  await expect(page.getByText("It matches 1 of 1 record of its logsource.")).toBeVisible();
  await expect(page.getByText("by A. Author")).toBeVisible();
  await expect(page.getByRole("region", { name: "Record 1" })).toContainText("powershell -enc AAAA");

  await page.getByLabel("Text of the rule").fill(RULE.replace("' -enc '", "' -nosuch '"));
  await ask(page);
  await expect(page.getByText(/It matches none of 1 record/)).toBeVisible();
  const deciding = page.getByRole("row").filter({ hasText: "fails, decides" });
  await expect(deciding).toHaveCount(1);
  await expect(deciding).toContainText("CommandLine|contains");
  await expect(deciding).toContainText("powershell -enc AAAA");
  await expectAccessibleInBothThemes(page);

  await page.getByLabel("Text of the rule").fill(RULE.replace("CommandLine|contains", "CommandLine|nosuch"));
  await ask(page);
  const refused = page.getByRole("list", { name: "Refused" });
  await expect(refused).toContainText("nosuch");
  await refused.getByRole("button", { name: /^Line 9, column/ }).click();
  await expect(page.getByLabel("Text of the rule")).toBeFocused();
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
});

test("a pack's near miss opens on the bench and names the stage out of order, with its records", async ({ page }) => {
  await page.goto(`${origin()}/packs/AN1316`);
  await expect(page.getByText(/^\d+ of \d+ pass$/).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Edges" })).toContainText("its parent process");
  await page.getByRole("link", { name: "Open on the bench: the file was written only after the connection" }).click();
  await expect(page).toHaveURL(/\/bench\?pack=AN1316&test=\d+/);
  await expect(page.getByRole("list", { name: "Files that are asked" }).getByRole("listitem")).toHaveCount(5);
  await ask(page);
  const missed = page.getByRole("list", { name: "Stages" }).first().getByRole("listitem").filter({ hasText: "Wrong order" });
  await expect(missed).toContainText("an1316-written");
  await missed.getByRole("link").first().click();
  await expect(page).toHaveURL(/#record-\d+$/);
});

test("a record and a rule are picked into the address; a pack is downloaded as a zip", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${origin()}/bench`);
  await page.getByRole("button", { name: "Pick a rule" }).click();
  await page.getByLabel("Find a rule").fill("pack AN0749");
  await page.getByRole("list", { name: "Rules" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/bench\?.*rule=/);
  await expect(page.getByLabel("Text of the rule")).toHaveValue(/an0749/);
  await page.getByRole("button", { name: "Pick events" }).click();
  await page.getByLabel("Find events").fill("engineering-endpoint");
  await page.getByRole("list", { name: "Events" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/rule=.*dataset=/);
  await ask(page);
  await expectNoSideScroll(page);
  const zip = await page.request.get(`${origin()}/api/packs/AN0749`);
  expect(zip.headers()["content-disposition"]).toContain("sightline-pack-AN0749-v");
  expect((await zip.body()).subarray(0, 2).toString("latin1")).toBe("PK");
});

test("the analytic page draws its chain with states and witnesses, the status as published, and its pack's guidance", async ({ page }) => {
  await page.goto(`${origin()}/analytics/AN1316?tab=guidance`);
  await expect(page.getByText("As published by ATT&CK:")).toBeVisible();
  const edges = page.getByRole("list", { name: "Edges of the chain" });
  await expect(edges.getByRole("listitem")).toHaveCount(3);
  await expect(page.getByRole("heading", { name: "What it cannot see" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await edges.getByRole("listitem").filter({ hasText: "joins" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Record \d/);
  await page.getByRole("link", { name: "Try on the bench" }).click();
  await expect(page.getByLabel("Text of the events")).toHaveValue(/./);
});
