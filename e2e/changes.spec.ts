import { expect, test } from "@playwright/test";
import { z } from "zod";
import { expectAccessible, expectGoodOnDeskAndPhone, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** What changed on the demonstration fleet: the trend leads to a comparison, a comparison to its cells. Nothing is written. */
test.describe.configure({ mode: "parallel" });
const origin = (): string => new URL(instances().demo).origin;

test("the trend marks what moved the ground and leads to the difference of two points", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/trend`);
  await expect(page.getByRole("heading", { level: 1, name: "Trend" })).toBeVisible();
  const points = page.getByRole("region", { name: "Points of the trend" });
  await expect(points.getByRole("row")).toHaveCount(5);
  await expect(points).toContainText("policy v2 to v3: Weekly samples: one host in twenty suffices");
  await expect(points).toContainText("\u22126 hosts");
  await expect(points).toContainText("enterprise starter-18.1 to starter-19.1");
  await expect(points).toContainText("5 sample files");
  await expectNoSideScroll(page);
  await expectAccessible(page);
  const csv = await page.request.get(`${origin()}/api/trend`);
  expect((await csv.text()).split("\r\n")[0]).toContain("observed_weighted,observed_low,observed_high,observed_cells,applicable_cells");
  await points.getByRole("link", { name: /What changed since/ }).first().click();
  await expect(page).toHaveURL(/\/assessments\/compare\?a=\d+&b=\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("The observable share");
  expect(heard.complaints).toEqual([]);
});

test("a comparison divides the number over its causes, and a transition leads to its cells with the reasons before and now", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/assessments/compare`);
  for (const part of ["Engine", "Catalogue", "Fleet", "Policy", "Evidence", "Time"]) await expect(page.getByRole("main").getByRole("link", { name: part, exact: true })).toBeVisible();
  await expectNoSideScroll(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: /cells from partial to observed/ }).click();
  await expect(page).toHaveURL(/from=partial&to=observed/);
  const cells = page.getByRole("region", { name: "Changed cells" });
  const first = cells.getByRole("row").nth(1);
  await expect(first).toContainText("partial");
  await expect(first).toContainText("Evidence");
  await expect(first).toContainText("Every requirement is proven");
  await page.getByRole("main").getByRole("link", { name: "Policy", exact: true }).click();
  await expect(page.getByText("moved by policy")).toBeVisible();
  expect(heard.complaints).toEqual([]);
});

test("the overview says what changed by cause", async ({ page }) => {
  await page.goto(`${origin()}/`);
  await expect(page.getByRole("main")).toContainText("Moved most by evidence");
});

test("the catalog leads to what its current release changed: analytics and strategies, and the numbers of every segment", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/catalog`);
  const link = page.getByRole("row").filter({ hasText: "starter-18.1" }).getByRole("link", { name: "What changed since" });
  await expect(link).toHaveAttribute("href", /release=enterprise-starter-19\.1&from=enterprise-starter-18\.1/);
  await page.goto(new URL((await link.getAttribute("href")) ?? "", origin()).href); // it answers at once; what both releases score follows
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What ATT&CK enterprise starter-19.1 changed since starter-18.1");
  await expect(page.getByRole("region", { name: "Added analytics" })).toContainText("AN2044");
  await expect(page.getByRole("region", { name: "Changed analytics" })).toContainText("asks something else");
  await expect(page.getByRole("region", { name: "Re-pointed strategies" }).getByRole("row").filter({ hasText: "DET0497" })).toContainText("T1562.001T1685");
  await expect(page.getByRole("region", { name: "Retired analytics" }).getByRole("row")).toHaveCount(10);
  await expect(page.getByRole("region", { name: "Effect by segment" }).getByRole("row").filter({ hasText: "Virtualisation Hosts" })).toContainText(/of \d+/);
  await expect(page.getByRole("button", { name: "Make current" })).toHaveCount(0); // nobody chooses an excerpt
  await expectGoodOnDeskAndPhone(page);
  const { fleet } = z.object({ fleet: z.object({ parts: z.array(z.object({ part: z.string(), points: z.number().int(), applicable: z.number().int() })) }) }).parse(await (await page.request.get(`${origin()}/api/v1/compare`)).json());
  expect(fleet.parts.filter(({ part, points, applicable }) => part === "catalog" && points !== 0 && applicable !== 0)).toHaveLength(1); // the newest asks the newer edition
  expect((await page.goto(`${origin()}/catalog/effect?release=99.9`))?.status()).toBe(404);
  expect(heard.complaints.filter((text) => !text.includes("404"))).toEqual([]);
});
