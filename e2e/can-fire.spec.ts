import { expect, test } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/**
 * An engineer reads where rules can fire, checks again, opens a rule to see why it cannot, and imports a SIEM's own list after
 * its preview. On the demonstration fleet; the list is of a SIEM of its own.
 */
test.describe.configure({ mode: "parallel" });

const origin = (): string => new URL(instances().demo).origin;

test("rules against segments: what became silent, why a rule cannot fire, and a new run", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/rules/check`);
  await expect(page.getByText(/rules can fire in at least one segment/)).toBeVisible();
  await expect(page.getByText(/since .* UTC\./).first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectNoSideScroll(page);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("Checking; the page follows.")).toBeVisible();

  await page.goto(`${origin()}/rules/check?q=compression&state=can-fire`);
  await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
  await page.goto(`${origin()}/rules/check?state=field-unmapped`);
  const row = page.getByRole("table").getByRole("link").first();
  const title = (await row.textContent()) ?? "";
  await row.click();
  await expect(page.getByRole("heading", { name: title, exact: true })).toBeVisible();
  const where = page.getByRole("region", { name: "Where the rule can fire" });
  await expect(where).toContainText("under none of its names");
  await expect(where).toContainText(/\d+ of \d+/);
  await expectNoSideScroll(page);
  expect(heard.complaints).toEqual([]);
});

test("a SIEM's list is shown before it is taken, and stands beside our rules", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/rules/deployed?system=Example+SIEM`);
  await expect(page.getByRole("row").filter({ hasText: "Many failed sign-ins at the old mail gateway" })).toContainText("in the SIEM only");
  await expect(page.getByRole("row").filter({ hasText: "Such a Python starts a shell" })).toContainText("never");
  await page.goto(`${origin()}/rules/deployed`);
  await page.getByLabel("Which SIEM it is").fill("Journey");
  const list = "name,enabled,query\nAn archive appears,false,index=a\nQuite another,true,\nOdd,perhaps,\n";
  await page.getByLabel("Drop a SIEM’s rules or alerts, or choose").setInputFiles({ name: "rules.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
  const outcome = page.getByRole("region", { name: "What the lists change" });
  await expect(outcome).toContainText("would have 2 rules: 2 new");
  await expect(page.getByRole("list", { name: "Refused rows of rules.csv" })).toContainText("Line 4 (Odd), enabled");
  await expectAccessible(page);
  await outcome.getByRole("button", { name: "Import" }).click();
  await expect(outcome).toContainText("was imported: 2 rules");
  await outcome.getByRole("button", { name: "Close" }).click();
  await page.goto(`${origin()}/rules/deployed?system=Journey`);
  await expect(page.getByRole("row").filter({ hasText: "An archive appears" })).toContainText("disabled");
  await expectAccessibleInBothThemes(page);

  const theirs = page.getByRole("row").filter({ hasText: "Quite another" });
  await expect(theirs).toContainText("in the SIEM only");
  await page.getByRole("button", { name: /^Link by hand/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Rule of the SIEM").fill("Journey: Quite another");
  await dialog.getByLabel("Our rule").fill("No such rule");
  await dialog.getByRole("button", { name: "Link", exact: true }).click();
  await expect(dialog.getByText('There is no rule "No such rule".')).toBeVisible();
  await dialog.getByLabel("Our rule").fill("A compression library is loaded");
  await dialog.getByRole("button", { name: "Link", exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText('"Quite another" is ours by hand now.');
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(theirs).toContainText("deployed, and ours");
  await page.getByRole("button", { name: "Link by hand (1 linked)" }).click();
  await dialog.getByRole("button", { name: "Undo the link of Quite another" }).click();
  await expect(dialog.getByRole("status")).toContainText("no longer linked by hand");
  await page.keyboard.press("Escape");
  await expect(theirs).toContainText("in the SIEM only");
  await expectNoSideScroll(page);
  expect(heard.complaints).toEqual([]);
});
