import { expect, test } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";
import { makeZip } from "./support/make-zip";

/**
 * An engineer imports rules, reads why one was refused, accepts a link that a tag proposed, sees it on the analytic's page,
 * and takes the source out again. On the demonstration fleet: no assessment is run.
 */
const rule = (title: string, id: string, selection: string): string =>
  `title: ${title}\nid: ${id}\nstatus: experimental\nauthor: Kim Example\nreferences:\n  - https://example.org/${id}\ntags:\n  - attack.exfiltration\n  - attack.t1030\nlogsource:\n  product: macos\n  category: process_creation\ndetection:\n  selection:\n    ${selection}\n  condition: selection\nlevel: medium\n`;

test("a zip of rules goes in, the refused one says where and why, a link is accepted and shows on its analytic", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(instances().demo);
  const origin = new URL(page.url()).origin;
  await page.goto(`${origin}/imports/rules`);
  await page.getByLabel("Source the rules belong to").fill("e2e rules");
  const zip = await makeZip({
    "split.yml": rule("Split is run on a large file", "7d7f2b0e-0000-4000-8000-000000000001", "Image|endswith: /split"),
    "odd.yml": rule("A rule with an odd modifier", "7d7f2b0e-0000-4000-8000-000000000002", "Image|oddly: x"),
    LICENSE: "Detection Rule License (DRL) 1.1\n",
  });
  await page.getByLabel("Drop Sigma rules, or choose").setInputFiles({ name: "e2e-rules.zip", mimeType: "application/zip", buffer: zip });
  const source = page.getByRole("region", { name: "Sources of rules" }).getByRole("row").filter({ hasText: "e2e rules" });
  await expect(source).toContainText("Detection Rule License (DRL) 1.1", { timeout: 60_000 });
  const refused = page.getByRole("region", { name: "Refused rules of e2e rules" }).getByRole("row").nth(1);
  await expect(refused).toContainText("odd.yml");
  await expect(refused).toContainText('The modifier "oddly"');
  await expectNoSideScroll(page);
  await expectAccessibleInBothThemes(page);

  await source.getByRole("link", { name: "1" }).click();
  await page.getByRole("link", { name: "A rule with an odd modifier" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A rule with an odd modifier");
  await expect(page.getByText("refused here")).toBeVisible();
  await expect(page.getByText(/^by Kim Example, Detection Rule License/)).toBeVisible();

  await page.goto(`${origin}/rules?q=split+is+run`);
  await expect(page.getByText(/of \d+.* rules? from/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Split is run on a large file" }).click();
  await page.getByRole("button", { name: "Accept AN0598" }).click();
  await expect(page.getByText(/accepted by local:/)).toBeVisible();
  await page.getByRole("button", { name: "Elastic (Lucene)" }).click();
  await expect(page.getByRole("region", { name: "Elastic (Lucene) query" })).toContainText("process.executable");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Sigma file" }).click()]);
  expect(file.suggestedFilename()).toBe("split.yml");
  await expectNoSideScroll(page);
  await expectAccessibleInBothThemes(page);

  await page.getByRole("link", { name: "AN0598" }).click();
  const linked = page.getByRole("region", { name: "Rules of this analytic" }).getByRole("row").filter({ hasText: "Split is run on a large file" });
  await expect(linked).toContainText("by Kim Example, Detection Rule License (DRL) 1.1");
  await expect(linked).toContainText("accepted");
  await expectAccessible(page);

  await page.goto(`${origin}/rules/links?q=split+is+run`);
  await expect(page.getByRole("row").filter({ hasText: "Split is run" })).toContainText("accepted");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Reject all 1 shown" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reject 1" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("needs a reason");
  await page.getByRole("dialog").getByLabel("Reason").fill("Only an exercise");
  await page.getByRole("dialog").getByRole("button", { name: "Reject 1" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Split is run" })).toContainText("rejected");

  await page.goto(`${origin}/imports/rules`);
  await source.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove them" }).click();
  await expect(source.getByRole("cell").nth(2)).toHaveText("0");
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
});
