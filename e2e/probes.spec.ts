import { expect, test } from "@playwright/test";
import { expectAccessible, expectNoSideScroll } from "./support/check-page";
import { instances } from "./support/instances";

/** From a segment's quality to a probe's formula, to a record that shows it, as it stands in its file. */
test("a probe of a segment opens its formula and leads to a record", async ({ page }) => {
  await page.goto(`${new URL(instances().demo).origin}/segments`);
  await page.getByRole("main").getByRole("link", { name: "macOS Engineering" }).first().click();
  await expect(page.getByRole("heading", { name: "Quality of the records" })).toBeVisible();
  await page.locator("summary", { hasText: "macOS Endpoint Security" }).click();
  await page.locator("details[open] details > summary", { hasText: "Missing or opaque user" }).click();
  const probe = page.locator("details[open] details[open]");
  await expect(probe.getByText("How it is computed")).toBeVisible();
  await expect(probe.getByText(/^Of .+ records, .+ with a number\.$/)).toBeVisible();
  await expectAccessible(page);
  await expectNoSideScroll(page);
  await probe.getByRole("link", { name: /^record / }).first().click();
  await expect(page.locator("#record").getByRole("heading", { name: /^Record / })).toBeVisible();
  await expect(page.locator("#record")).toContainText("event_type");
  await expect(page.getByRole("heading", { name: /^Quality: macOS Endpoint Security/ })).toBeVisible();
  await expectAccessible(page);
});
