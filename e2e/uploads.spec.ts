import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** What an upload asks of a person, and what asks before it takes something away. On the demonstration fleet: the one file that is imported is removed again. */
const origin = (): string => new URL(instances().demo).origin;
const FILE = "journal-of-a-till.csv";
const TABLE = ["when,till,clerk,what", ...Array.from({ length: 6 }, (_, row) => `2026-01-0${row + 1}T08:00:00Z,till-${row},ana,opened`)].join("\n");

const choose = (page: Page): Promise<void> => page.locator("input[type=file]").first().setInputFiles({ name: FILE, mimeType: "text/csv", buffer: Buffer.from(TABLE) });

async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).first().click();
}

test.describe.configure({ mode: "parallel" });

test("whether an upload could begin is answered before a byte is sent, with what is wrong", async ({ request }) => {
  const ask = (segment: string) => request.get(`${origin()}/api/uploads?${new URLSearchParams({ kind: "events", segment, origin: "lab" }).toString()}`);
  const [good, bad] = [await ask("macOS Engineering"), await ask("No such segment")];
  expect([good.status(), await good.json()]).toEqual([200, { ready: true }]);
  expect(bad.status()).toBe(404);
  expect(JSON.stringify(await bad.json())).toContain("No such segment");
});

test("a table whose columns say nothing is asked about, left out on request, else read as it was told, and can be removed again", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/imports`);
  const question = page.getByRole("region", { name: `About ${FILE}` });

  await choose(page);
  await expect(question).toContainText("What do its columns mean?");
  await expect(question.getByRole("button", { name: "Import with this mapping" })).toBeDisabled(); // nobody has said what the records are
  await expectAccessible(page);
  await question.getByRole("button", { name: "Leave this file out" }).click();
  await expect(page.getByText("Left out.")).toBeVisible();

  await pick(page, "Origin", /^Lab/);
  await choose(page);
  await pick(page, "Column of the host", "till");
  await pick(page, "Family of log sources", /Windows Security/);
  await question.getByLabel("Kind of all rows").fill("4688");
  await question.getByRole("button", { name: "Import with this mapping" }).click();
  await expect(question).toHaveCount(0);
  const link = page.getByRole("row").getByRole("link", { name: FILE }); // of the table of files: the job below keeps its own
  await expect(async () => {
    await page.goto(`${origin()}/imports`);
    await expect(link).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(FILE);

  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Remove ${FILE}?` });
  await expect(dialog).toContainText("Assessments that counted them stay as they are");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/imports$/);
  await expect(link).toHaveCount(0);
  expect(heard.complaints).toEqual([]);
});

test("the demonstration asks before it goes, says what goes and what stays, and stays when it is kept", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${origin()}/segments`);
  await page.getByRole("button", { name: "Remove it" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the demonstration fleet?" });
  await expect(dialog).toContainText("everything of your own stay");
  await expectAccessible(page);
  await expectNoSideScroll(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("link", { name: "macOS Engineering" }).first()).toBeVisible();
});
