import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/**
 * An engineer reads why one analytic is validated and another is not any more, attaches a test, and sees what a value would
 * lose before it is saved. On the demonstration fleet: no assessment is run, and what is attached and set is taken back.
 */
const origin = (): string => new URL(instances().demo).origin;

/** Rows of osquery: an interpreter starts, and writes the file. */
const archive = (path: string): string =>
  [
    { name: "pack_edr_es_process_events", columns: { event_type: "exec", pid: "4242", pidversion: "777", parent: "900", parent_pidversion: "12", path: "/usr/bin/python3", cmdline: `python3 pack.py ${path}`, cwd: "/Users/kim", uid: "501", euid: "501", username: "kim", time: "1770000000", version: "9" } },
    { name: "pack_edr_es_process_file_events", columns: { event_type: "create", pid: "4242", parent: "900", path: "/usr/bin/python3", filename: path, dest_filename: "", time: "1770000004", version: "9" } },
  ]
    .map(({ name, columns }, i) => JSON.stringify({ name, hostIdentifier: "mac-eng-077", calendarTime: "Mon Feb  2 02:40:05 2026 UTC", unixTime: 1770000005, epoch: 0, counter: i + 1, numerics: false, decorations: { hostname: "mac-eng-077", platform: "darwin" }, action: "added", columns }))
    .join("\n");

async function choose(page: Page, title: string, name: string, text: string): Promise<void> {
  await page.getByRole("dialog").getByLabel(title, { exact: true }).setInputFiles({ name, mimeType: "application/x-ndjson", buffer: Buffer.from(text) });
}

test("a withdrawn validation says since when and why; a test is attached; a value that loses it is shown first, saved, and withdrawn", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/analytics/AN0173?tab=tests`);
  await expect(page.getByText("Validation was withdrawn", { exact: true })).toBeVisible();
  await expect(page.getByRole("tabpanel")).toContainText("Filtered by tuning");
  await page.goto(`${origin()}/analytics/AN0749?tab=tests`);
  await expect(page.getByRole("heading", { name: /Tested, on macOS Engineering/ })).toBeVisible();
  await expect(page.getByText(/Validated since .* until/)).toBeVisible();

  await page.getByRole("button", { name: "Attach a test" }).click();
  await choose(page, "Attack sample", "attack.ndjson", archive("/Users/kim/Documents/out.zip"));
  await choose(page, "Benign sample", "benign.ndjson", archive("/Users/kim/Documents/out.txt"));
  await page.getByRole("button", { name: "Attach and run" }).click();
  await expect(page.getByRole("dialog")).toBeHidden({ timeout: 30_000 });
  const own = page.getByRole("listitem").filter({ hasText: "attack.ndjson" });
  await expect(own).toContainText("Passed in the engine");
  await own.getByText("Samples, rules and values").click();
  await expect(own).toContainText("An interpreter writes an archive itself (by Sightline): 1 match, records 1, 2");
  await expect(own).toContainText("2 of 2 from hosts of the segment: mac-eng-077");
  await expectNoSideScroll(page);
  await expectAccessibleInBothThemes(page);

  await page.getByRole("tab", { name: /^Tuning/ }).click();
  const row = page.getByRole("row").filter({ hasText: "%FileExtensionFilter%" });
  await row.getByRole("button", { name: "Tune FileExtensionFilter" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Values/).fill(".dmg");
  await dialog.getByRole("button", { name: "Show the effect" }).click();
  await expect(dialog.getByRole("alert")).toContainText("needs its owner");
  await dialog.getByLabel("Owner").fill("Kim");
  await dialog.getByLabel("Reason").fill("Only disk images are of interest");
  await dialog.getByRole("button", { name: "Show the effect" }).click();
  await expect(dialog.getByRole("region", { name: "Effect on the stored samples" })).toContainText("2 true positives lost", { timeout: 30_000 });
  await expect(dialog).toContainText("2 attack samples are matched by nothing any more");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  await expect(row).toContainText("Only disk images are of interest");
  await expectNoSideScroll(page);

  await page.getByRole("tab", { name: /^Tests/ }).click();
  await expect(own).toContainText("Withdrawn");
  await expect(own.getByText("due", { exact: true })).toHaveCount(0);
  await expect(own).toContainText("Filtered by tuning: without this segment's values of %FileExtensionFilter%");

  await page.getByRole("tab", { name: /^Tuning/ }).click();
  await row.getByRole("button", { name: "Withdraw FileExtensionFilter" }).click();
  await dialog.getByLabel("Reason").fill("It lost the exercise");
  await dialog.getByRole("button", { name: "Show the effect" }).click();
  await expect(dialog).toContainText("2 true positives gained", { timeout: 30_000 });
  await dialog.getByRole("button", { name: "Withdraw" }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  await page.getByRole("tab", { name: /^Tests/ }).click();
  await expect(own).toContainText("Passed in the engine");
  await own.getByRole("button", { name: /^Run the test/ }).click();
  await expect(page.getByText("Test run; the next assessment counts with it")).toBeVisible();
  await own.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(own).toHaveCount(0);
  expect(heard.complaints).toEqual([]);
});
