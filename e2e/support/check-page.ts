import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const DESK = 800; // px
const ask = (page: Page): AxeBuilder => new AxeBuilder({ page }).options({ resultTypes: ["violations"] });

/** WCAG 2.2 AA as far as a machine can tell. What fails is named with its element. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(page, ask(page).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]));
}

/**
 * The page as it stands, in the light and in the dark: the theme changes colours and nothing else, so the second look asks for contrast.
 * On a phone it is left out: what stands there has the tokens of the same page on a desk, whose dark look is asked.
 */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectAccessible(page);
  if ((page.viewportSize()?.width ?? DESK) < DESK) return;
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNoViolations(page, ask(page).withRules(["color-contrast", "link-in-text-block"]));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/**
 * The page has no frames, so axe runs within it and answers there; and it is asked for violations alone: describing the
 * thousands of elements that pass, and carrying them to a second page to be added up, took most of the time.
 */
async function expectNoViolations(page: Page, axe: AxeBuilder): Promise<void> {
  expect(page.frames(), `frames of ${page.url()}`).toHaveLength(1);
  const { violations } = await axe.setLegacyMode(true).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${(failureSummary ?? "").split("\n").slice(1, 2).join(" ").trim()}`));
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** Tables may scroll within themselves; the page never does sideways. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
  expect(scroll, `width of ${page.url()}`).toBeLessThanOrEqual(client);
}

/** MITRE's notice stands on everything that shows ATT&CK content. */
export async function expectNotice(page: Page): Promise<void> {
  await expect(page.getByRole("contentinfo")).toContainText("The MITRE Corporation");
}

/** What a browser complains about and whom else it asks, from now on. */
export function watchPage(page: Page): { readonly complaints: string[]; readonly strangers: string[] } {
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== "127.0.0.1" && protocol.startsWith("http")) strangers.push(request.url());
  });
  return { complaints, strangers };
}
