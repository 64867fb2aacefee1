import { expect, test } from "@playwright/test";
import { expectAccessibleInBothThemes, expectNoSideScroll, expectNotice, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** A leader walks along the frontier, switches collections by hand, and keeps the choice as a scenario. On the demonstration fleet. */
const origin = (): string => new URL(instances().demo).origin;

test("the plan follows the frontier and the switches, and a choice is kept under a name", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/plan`);
  // Another test may have assessed meanwhile: then the plans of that assessment are traced first, by this press or by the server itself.
  const trace = page.getByRole("button", { name: "Trace the plans" });
  const title = page.getByRole("heading", { level: 1, name: /collections? for EUR .* brings? \d+ of/ });
  await expect(title.or(trace)).toBeVisible();
  if (await trace.isVisible()) await trace.click({ timeout: 2_000 }).catch(() => {});
  await expect(title).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/exact optimum/).first()).toBeVisible();
  await expectNotice(page);
  await expectAccessibleInBothThemes(page);
  await expectNoSideScroll(page);

  // The cells behind the numbers, hatched: as many as the segment's row counts.
  const projected = page.getByRole("list", { name: "Cells that would become observed" }).getByRole("listitem");
  await expect(projected.first()).toContainText(/AN\d{4}/);

  const slider = page.getByRole("slider", { name: "Point of the frontier" });
  const before = await title.textContent();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(title).not.toHaveText(before ?? "");
  await expect(page).toHaveURL(/at=\d+/);

  const first = page.getByRole("list", { name: "Collections" }).getByRole("switch").first();
  await expect(first).toBeChecked();
  const chosen = await title.textContent();
  await first.click();
  await expect(first).not.toBeChecked();
  await expect(title).not.toHaveText(chosen ?? "");
  await expect(page).toHaveURL(/minus=\d+/);
  await expect(page.getByText("This is your own choice")).toBeVisible();

  await page.getByRole("button", { name: "Save as scenario" }).click();
  await page.getByLabel("Name").fill("Journey without the first");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Journey without the first")).toBeVisible();
  for (const name of ["Journey without the first", "Repairs and proofs first"]) await page.getByRole("checkbox", { name }).check();
  await expect(page.getByRole("region", { name: "Scenarios side by side" })).toContainText("Cost a year");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideScroll(page);
  expect(heard.complaints).toEqual([]);
});
