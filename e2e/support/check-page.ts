import AxeBuilder from "@axe-core/playwright";
import axe from "axe-core";
import { expect, type Page } from "@playwright/test";

const DESK = 800; // px
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const FEW = 300; // elements that say what was said alike: fewer are not worth a look of their own
const COLOURS = ["color-contrast", "link-in-text-block"]; // four fifths of the time, and the same answer for every row of a table
const THERE = "void 0"; // what the builder runs before it asks, twice each time, in place of the whole of axe: that stands in the page already
const ask = (page: Page): AxeBuilder => new AxeBuilder({ page, axeSource: THERE }).options({ resultTypes: ["violations"] });

/** WCAG 2.2 AA as far as a machine can tell. What fails is named with its element. */
export async function expectAccessible(page: Page): Promise<void> {
  await look(page, false);
}

/**
 * The page as it stands, in the light and in the dark: the theme changes colours and nothing else, so the second look asks for contrast.
 * On a phone it is left out: what stands there has the tokens of the same page on a desk, whose dark look is asked.
 */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await look(page, (page.viewportSize()?.width ?? DESK) >= DESK);
}

/** A page as it stands on a desk, in both themes, and then on a phone: one load serves both. It stays on a desk. */
export async function expectGoodOnDeskAndPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectNoSideScroll(page);
  await expectNotice(page);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideScroll(page);
  await expectNotice(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Everything as it stands; then, of a page that says much alike, the colours of what is not; then those in the dark. */
async function look(page: Page, dark: boolean): Promise<void> {
  await hideAlike(page, async (hidden, show) => {
    const apart = hidden > FEW;
    if (apart) await expectNoViolations(page, ask(page).withRules(COLOURS));
    if (dark) {
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await expectNoViolations(page, ask(page).withRules(COLOURS));
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    }
    await show();
    await expectNoViolations(page, ask(page).withTags(TAGS).disableRules(apart ? COLOURS : []));
  });
}

/**
 * Colours follow from an element and what it stands in, by tag, class and state: of texts alike in all of these two are looked at, and the
 * others are hidden meanwhile, each in its place. A page of a thousand cells is judged by its hundred kinds of text.
 */
async function hideAlike(page: Page, judge: (hidden: number, show: () => Promise<void>) => Promise<void>): Promise<void> {
  const hidden = await page.evaluateHandle(() => {
    const kept = 2;
    const states = ["aria-selected", "aria-current", "aria-expanded", "aria-checked", "aria-pressed", "aria-disabled", "aria-invalid", "data-state", "disabled", "checked", "type"];
    const seen = new Map<string, number>();
    const alike: HTMLElement[] = [];
    const nameOf = (element: Element): string => [element.tagName, element.getAttribute("class") ?? "", (element.getAttribute("style") ?? "").match(/(?:color|background|opacity|font)[^;]*/g)?.join() ?? "", ...states.map((state) => element.getAttribute(state) ?? "")].join("|");
    const says = (element: Element): boolean => /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && (child.textContent ?? "").trim() !== "");
    /** Whether all that is said in an element was said alike before; elements that were found below one that was not are collected. */
    const visit = (element: Element, path: string): boolean => {
      const chain = `${path}>${nameOf(element)}`;
      let whole = true;
      if (says(element)) {
        const times = (seen.get(chain) ?? 0) + 1;
        seen.set(chain, times);
        whole = times > kept && element !== document.activeElement; // what is hidden loses the focus
      }
      const below = [...element.children].filter((child) => visit(child, chain));
      if (below.length === element.children.length && whole) return true;
      for (const child of below) if (child instanceof HTMLElement && child.style.visibility === "" && child.innerText.trim() !== "") alike.push(child);
      return false;
    };
    visit(document.body, "");
    for (const element of alike) element.style.visibility = "hidden";
    return alike;
  });
  const show = (): Promise<void> =>
    hidden.evaluate((elements) => {
      for (const element of elements) element.style.visibility = "";
    });
  try {
    await judge(await hidden.evaluate((elements) => elements.reduce((sum, element) => sum + 1 + element.querySelectorAll("*").length, 0)), show);
  } finally {
    await show();
    await hidden.dispose();
  }
}

/**
 * The page has no frames, so axe runs within it and answers there; and it is asked for violations alone: describing the
 * thousands of elements that pass, and carrying them to a second page to be added up, took most of the time.
 */
async function expectNoViolations(page: Page, builder: AxeBuilder): Promise<void> {
  expect(page.frames(), `frames of ${page.url()}`).toHaveLength(1);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const { violations } = await builder.setLegacyMode(true).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${(failureSummary ?? "").split("\n").slice(1, 2).join(" ").trim()}`));
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** Tables may scroll within themselves; the page never does sideways. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const { scroll, client } = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))); // what follows the window's size has followed
    return { scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth };
  });
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
