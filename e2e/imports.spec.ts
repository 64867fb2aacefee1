import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** What imports ask where content says two things, and how many files are found again. On the demonstration fleet; what is made here is taken away again. */
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
  await page.getByRole("combobox", { name: "Origin", exact: true }).click();
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
  const row = page.getByRole("region", { name: "Imported event files" }).getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("cloudtrail", { timeout: 60_000 });
  await row.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("dialog", { name: `Remove ${name}?` }).getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/imports$/);
  await expect(row).toHaveCount(0);
  await expect(page.getByText("removed or replaced since").first()).toBeVisible(); // the job names the file and leads nowhere
  expect(heard.complaints).toEqual([]);
});

test("files are narrowed by name, segment, origin and refusals, all of it in the address", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/imports`);
  const filters = page.getByRole("search", { name: "Imported files" });
  const rows = page.getByRole("region", { name: "Imported event files" }).locator("tbody tr");
  await filters.getByLabel("Part of a file name").fill("SYSMON");
  await filters.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/q=SYSMON/);
  await expect(filters.getByRole("status")).toHaveText(/^\d+ of \d+ files$/);
  await expect(rows.filter({ hasNotText: /sysmon/i })).toHaveCount(0);
  await filters.getByRole("combobox", { name: "Filter by segment" }).click();
  await page.getByRole("option", { name: "Windows Workstations" }).click();
  await expect(page).toHaveURL(/segment=/);
  await expect(rows.filter({ hasNotText: "Windows Workstations" })).toHaveCount(0);
  await filters.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/imports$/);
  await filters.getByLabel("with refused records").check();
  await expect(page).toHaveURL(/\/imports\?refused=1$/);
  await expect(rows.first().getByRole("cell").last()).not.toHaveText("0");
  await page.goto(`${origin()}/imports?q=no+such+file&origin=lab`);
  await expect(page.getByText("No file fits these filters.")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideScroll(page);
  await expectAccessible(page);
  expect(heard.complaints).toEqual([]);
});
