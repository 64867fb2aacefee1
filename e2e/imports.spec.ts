import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";
import { makeBundle, RELEASE } from "./support/make-bundle";

/** What imports ask where content says two things, and what asks before a release goes. On the demonstration fleet; what is made here is taken away again. */
const origin = (): string => new URL(instances().demo).origin;

async function put(page: Page, name: string, content: Buffer | string): Promise<void> {
  await page.locator("input[type=file]").first().setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
}

test.describe.configure({ mode: "parallel" });

test("records that two formats know are asked about with what speaks for each, and read as they were told", async ({ page }) => {
  const heard = watchPage(page);
  const name = "flow-or-trail.json";
  const record = (uid: string) => JSON.stringify({ _path: "conn", ts: 1_767_225_600, uid, "id.orig_h": "192.0.2.1", eventVersion: "1.09", eventName: "ListBuckets", eventSource: "s3.amazonaws.com", eventTime: "2026-01-01T00:00:00Z", userIdentity: {} });
  await page.goto(`${origin()}/imports`);
  await page.getByRole("combobox", { name: "Origin" }).click();
  await page.getByRole("option", { name: /^Lab/ }).click();
  await put(page, name, `${record("C1")}\n${record("C2")}\n`);
  const question = page.getByRole("region", { name: `About ${name}` });
  await expect(question).toContainText("could be more than one format");
  await expect(question.getByRole("button", { name: /^Read as / })).toHaveText([/Zeek/, /CloudTrail/]);
  await expect(question.getByRole("listitem").filter({ hasText: "CloudTrail" })).toContainText("eventName");
  await expectAccessible(page);
  await expectNoSideScroll(page);
  await question.getByRole("button", { name: /CloudTrail/ }).click();
  await expect(question).toHaveCount(0);
  const row = page.getByRole("table", { name: "Imported event files" }).getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("cloudtrail", { timeout: 60_000 });
  await row.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("dialog", { name: `Remove ${name}?` }).getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/imports$/);
  await expect(row).toHaveCount(0);
  await expect(page.getByText("removed or replaced since").first()).toBeVisible(); // the job names the file and leads nowhere
  expect(heard.complaints).toEqual([]);
});

test("a release that nothing rests on is removed once somebody has confirmed it; the current one cannot be", async ({ page }) => {
  const heard = watchPage(page);
  const named = `enterprise ${RELEASE}`;
  await page.goto(`${origin()}/imports/catalog`);
  await page.getByRole("checkbox", { name: /^Leave the current release/ }).check();
  await put(page, "invented.json", makeBundle());
  const row = page.getByRole("row").filter({ hasText: named });
  await expect(row).toBeVisible({ timeout: 60_000 });
  await expect(row).not.toContainText("current");
  await row.getByRole("link", { name: named }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(named);
  const dialog = page.getByRole("dialog", { name: `Remove ${named}?` });
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(dialog).toContainText("A release that an assessment pinned cannot be removed");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/catalog$/);
  await expect(page.getByRole("row").filter({ hasText: named })).toHaveCount(0);
  await page.getByRole("row").filter({ hasText: "current" }).getByRole("link", { name: /^enterprise/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ATT&CK enterprise");
  await expect(page.getByRole("button", { name: "Remove", exact: true })).toHaveCount(0);
  expect(heard.complaints).toEqual([]);
});
