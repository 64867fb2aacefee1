import { expect, test } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** What people decide that verdicts follow, on the demonstration fleet: the policy, exclusions, targets; and how a figure is computed. */
test.describe.configure({ mode: "parallel" });
const origin = (): string => new URL(instances().demo).origin;

test("a changed policy shows its effect before it is written, and is a new version then", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/policy`);
  const title = page.getByRole("heading", { level: 1, name: /^Policy, version \d+$/ });
  const version = Number(/\d+/.exec((await title.textContent()) ?? "")?.[0]);
  await expectAccessibleInBothThemes(page);
  await expectNoSideScroll(page);
  const fresh = page.getByLabel("freshDays", { exact: true });
  const usual = await fresh.inputValue();
  await fresh.fill("2");
  await page.getByRole("button", { name: "Show the effect" }).click();
  const effect = page.getByRole("region", { name: "Effect of the changed policy" });
  await expect(effect.getByRole("row", { name: /^Fleet/ })).toContainText("worse", { timeout: 60_000 });
  await expect(page.getByText(/cells change their status: .* from observed to/)).toBeVisible();
  await expectAccessible(page);

  await fresh.fill("soon");
  await page.getByRole("button", { name: "Show the effect" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "is not a whole number" })).toBeVisible();
  await fresh.fill(usual);
  const days = page.getByLabel("validationDays", { exact: true });
  const before = await days.inputValue();
  const after = String(Number(before) + 1);
  await days.fill(after);
  const write = page.getByRole("button", { name: `Write version ${version + 1}` });
  await write.click();
  await expect(page.getByText("A new version needs a reason.")).toBeVisible();
  await page.getByLabel("Reason").fill("A day more for the quarter's tests");
  await write.click();
  await expect(title).toHaveText(`Policy, version ${version + 1}`);
  await expect(page.locator(`#version-${version + 1}`)).toContainText(`validationDays ${before} → ${after}`);
  expect(heard.complaints).toEqual([]);
});

test("a cell is excluded until a day, and the exclusion is withdrawn and stays listed", async ({ page }) => {
  await page.goto(`${origin()}/policy`);
  await page.getByRole("button", { name: "Exclude a cell" }).click();
  const dialog = page.getByRole("dialog", { name: "Exclude a cell" });
  await dialog.getByLabel("Analytic").fill("an0306");
  await dialog.getByRole("combobox", { name: "Segment" }).click();
  await page.getByRole("option", { name: "Contractor Laptops" }).click();
  await dialog.getByLabel("Owner").fill("Ada");
  await dialog.getByLabel("Last day").fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await dialog.getByRole("button", { name: "Exclude", exact: true }).click();
  await expect(dialog.getByText("An exclusion needs its reason.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Reason").fill("Archives are made by the backup alone");
  await dialog.getByRole("button", { name: "Exclude", exact: true }).click();
  const row = page.getByRole("region", { name: "Exclusions" }).getByRole("row").filter({ hasText: "AN0306" });
  await expect(row).toContainText("31 days left");
  await row.getByRole("button", { name: /^Withdraw/ }).click();
  const withdraw = page.getByRole("dialog", { name: "Withdraw the exclusion" });
  await withdraw.getByLabel("Reason").fill("People archive there too");
  await withdraw.getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(row).toContainText("withdrawn");
  await expect(row).toContainText("People archive there too");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideScroll(page);
});

test("a segment is given a target, and its history says who set it and why", async ({ page }) => {
  await page.goto(`${origin()}/segments`);
  await expect(page.getByRole("row", { name: /^Branch Routers/ })).toContainText(/points short, \d+ days late/);
  await page.getByRole("button", { name: "Set the target of Contractor Laptops" }).click();
  const dialog = page.getByRole("dialog", { name: "Target of Contractor Laptops" });
  await dialog.getByLabel("Share to reach").fill("95");
  await dialog.getByLabel("By", { exact: true }).fill("2030-05-31");
  await dialog.getByLabel("Reason").fill("Agreed with the vendor");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("A target needs somebody who answers for it.")).toBeVisible();
  await dialog.getByLabel("Answered for by").fill("Vendor Management");
  await dialog.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("row", { name: /^Contractor Laptops/ });
  await expect(row).toContainText(/95.0 %, [\d.]+ points short/);
  await expectAccessible(page);
  await row.getByRole("link", { name: "Contractor Laptops" }).click();
  await page.getByText("1 change", { exact: true }).click();
  await expect(page.getByText("Agreed with the vendor")).toBeVisible();
});

test("how a figure is computed opens by keyboard: formula, counts, date, assessment and policy; not on paper", async ({ page }) => {
  await page.goto(`${origin()}/`);
  const opener = page.getByRole("button", { name: "How computed: Observable share" }).first();
  await opener.focus();
  await page.keyboard.press("Enter");
  const card = page.getByRole("dialog", { name: "Observable share" });
  for (const text of ["Σ W × reach", " of ", "at least", "ATT&CK enterprise"]) await expect(card).toContainText(text);
  await expect(card.getByRole("link", { name: /^A-\d{4}$/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(card).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.emulateMedia({ media: "print" });
  await expect(opener).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("main").getByRole("link", { name: /^policy v\d+$/ }).first().click();
  await expect(page).toHaveURL(/\/policy(\?.*)?#version-\d+$/);
});
