import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";
import { makeZip } from "./support/make-zip";
import { unpackZip } from "./support/unpack-zip";

/**
 * A team takes a pack away, changes it and brings it back: once wrongly, once rightly, and then the first version again. On the
 * demonstration fleet, with a pack that no other journey opens.
 */
const origin = (): string => new URL(instances().demo).origin;
const ANALYTIC = "AN1371";

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(`${origin()}/packs`);
  await page.getByLabel("Drop a pack, or choose").setInputFiles({ name, mimeType: "application/zip", buffer });
}

test("a pack is taken away as a zip, refused with every fault while it is wrong, taken when it is right, and its first version put back", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-pack-"));
  try {
    const heard = watchPage(page);
    await page.goto(`${origin()}/packs/${ANALYTIC}`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Pack as a zip" }).click()]);
    expect(download.suggestedFilename()).toMatch(/^sightline-pack-AN1371-v\d+\.zip$/);
    const first = readFileSync(await download.path());
    const paths = await unpackZip(await download.path(), folder);
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
    const manifest = files["pack.yaml"] ?? "";
    const version = Number(/^version: (\d+)$/m.exec(manifest)?.[1]);
    const changed = (text: string) => makeZip({ ...files, "pack.yaml": text });

    await upload(page, "odd.zip", await changed(manifest.replace(/^severity: .*$/m, "severity: dreadful").replace(/^author: .*$/m, "auteur: Kim")));
    const refused = page.getByRole("alert").filter({ hasText: "Nothing was changed." });
    await expect(refused).toContainText("odd.zip, pack.yaml");
    await expect(refused).toContainText(/line \d+/);
    await expect(refused).toContainText("severity");
    await expect(refused).toContainText("auteur");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSideScroll(page);
    await page.setViewportSize({ width: 1440, height: 900 });

    await upload(page, "other.zip", await changed(manifest.replace(/^author: .*$/m, "author: Kim Example")));
    await expect(page.getByRole("alert").filter({ hasText: `Raise the version; ${version + 1} is free` })).toBeVisible();

    await upload(page, "ours.zip", await changed(manifest.replace(/^version: .*$/m, `version: ${version + 1}`).replace(/^author: .*$/m, "author: Kim Example")));
    await page.locator("form, main").getByRole("link", { name: `Pack of ${ANALYTIC}` }).first().click();
    await expect(page.getByText(/version \d+ by Kim Example, imported/)).toBeVisible();
    await expect(page.getByText(/^(\d+) of \1 pass$/).first()).toBeVisible();
    await page.getByRole("link", { name: `Version ${version}`, exact: true }).click();
    await expect(page.getByText("not in force: another version is")).toBeVisible();

    await upload(page, "first.zip", first);
    await expect(page.getByText(`version ${version} is in force`).first()).toBeVisible();
    await page.goto(`${origin()}/packs/${ANALYTIC}`);
    await expect(page.getByText(new RegExp(`version ${version} by Sightline`))).toBeVisible();
    expect(heard.complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
