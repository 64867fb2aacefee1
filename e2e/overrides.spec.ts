import { expect, test } from "@playwright/test";
import { expectAccessible, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** An engineer says what a log source means, sees it where it counts, and takes it back. On the demonstration fleet: no assessment is run. */
const origin = (): string => new URL(instances().demo).origin;

test("a log source is found, overridden for one analytic with a reason, and the override withdrawn", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/resolutions`);
  await page.getByRole("searchbox").fill("NOTIFY_CONNECT");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("status")).toContainText("1 of");
  await expect(page.getByRole("cell", { name: /not producible as cited/ })).toContainText("in its place");
  await page.getByRole("cell", { name: /not producible as cited/ }).locator("xpath=..").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ES_EVENT_TYPE_NOTIFY_CONNECT");
  await page.getByRole("link", { name: "AN0598" }).click();

  const row = page.getByRole("row").filter({ hasText: "ES_EVENT_TYPE_NOTIFY_CONNECT" });
  await expect(row).toContainText("channel, high confidence");
  await row.getByRole("button", { name: /^Override/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/kinds; those that carry the component come first/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("combobox", { name: "Holds for" }).click();
  await page.getByRole("option", { name: "AN0598 only" }).click();
  await dialog.getByRole("combobox", { name: "Verdict" }).click();
  await page.getByRole("option", { name: "can be produced" }).click();
  await dialog.getByLabel("Record kinds", { exact: true }).fill("macos-esf:reserved_3");
  await dialog.getByRole("button", { name: "macos-esf:reserved_3 as cited" }).click();
  await dialog.getByLabel("Reason").fill("seen");
  await dialog.getByRole("button", { name: "Write override" }).click();
  await expect(dialog.getByRole("alert")).toContainText("reason of 10 to");
  await dialog.getByLabel("Reason").fill("Our beta sensor reports connections under this name");
  await dialog.getByRole("button", { name: "Write override" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText("curated by override, high confidence");
  await expect(row).toContainText("Our beta sensor reports connections under this name");
  await expect(row).toContainText("tables do not say that macos-esf:reserved_3");

  await row.getByRole("link").click();
  const history = page.getByRole("region", { name: "Overrides of this log source" });
  await expect(history.getByRole("row").nth(1)).toContainText("AN0598");
  await expect(history.getByRole("row").nth(1)).toContainText("in force");
  await expectNoSideScroll(page);
  await expectAccessible(page);
  await history.getByRole("button", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("The sensor was taken away again");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(history.getByRole("row")).toHaveCount(3);
  await expect(history.getByRole("row").nth(1)).toContainText("withdrawn");
  await expect(history.getByRole("button", { name: "Withdraw" })).toHaveCount(0);
  await page.goto(`${origin()}/audit`);
  await expect(page.getByRole("cell", { name: "resolution.withdraw" }).first()).toBeVisible();
  expect(heard.complaints).toEqual([]);
});
