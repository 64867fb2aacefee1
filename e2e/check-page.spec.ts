import { expect, test } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSideScroll } from "./support/check-page";

/** What the other journeys trust: planted faults are found, wherever they stand, and the page is left as it was. */
const rows = (count: number, row: (n: number) => string): string => Array.from({ length: count }, (_, n) => row(n)).join("");
const documentOf = (style: string, body: string): string => `<!doctype html><html lang="en"><head><title>Page</title><style>:root{color-scheme:light dark}body{background:#fff;color:#111}${style}</style></head><body><main><h1>Page</h1>${body}</main></body></html>`;

test("a text that cannot be read is found among a hundred that can, and so is one of a hundred alike", async ({ page }) => {
  const list = (bad: (n: number) => boolean): string => `<ul>${rows(100, (n) => `<li><span${bad(n) ? ' class="pale"' : ""}>text ${n}</span></li>`)}</ul>`;
  const pale = ".pale{color:#ddd}";
  await page.setContent(documentOf(pale, list(() => false)));
  await expectAccessible(page);
  for (const bad of [(n: number) => n === 97, () => true]) {
    await page.setContent(documentOf(pale, list(bad)));
    await expect(expectAccessible(page)).rejects.toThrow(/color-contrast (?:li:nth-child\(\d+\) > span|\.pale)/);
    await expect(page.locator("li span").filter({ visible: true })).toHaveCount(100);
  }
  await page.setContent(documentOf("", `<ul>${rows(50, (n) => `<li><span${n === 49 ? ' style="color: #eee"' : ""}>text</span></li>`)}</ul>`));
  await expect(expectAccessible(page)).rejects.toThrow(/color-contrast/);
});

test("what cannot be read in the dark alone is found, and so are a nameless field and a page that is too wide", async ({ page }) => {
  await page.setContent(documentOf("@media (prefers-color-scheme: dark){body{background:#111;color:#eee}.late{color:#333}}", '<p>text</p><p class="late">text</p>'));
  await expect(expectAccessibleInBothThemes(page)).rejects.toThrow(/color-contrast \.late/);
  await page.setContent(documentOf("", "<input>"));
  await expect(expectAccessible(page)).rejects.toThrow(/label input/);
  await page.setContent(documentOf("", '<div style="width: 5000px">wide</div>'));
  await expect(expectNoSideScroll(page)).rejects.toThrow();
});
