import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startTcpServer } from "@/lib/db/testing/tcp-server";
import { freePort } from "./support/free-port";
import { startServer } from "./support/server";

test("the pages are served from a PostgreSQL server in place of the embedded one", async ({ page }) => {
  const server = await startTcpServer();
  const data = mkdtempSync(join(tmpdir(), "sightline-e2e-url-"));
  chmodSync(data, 0o711);
  try {
    await server.query("postgres", "create database team");
    const running = await startServer(data, await freePort(), { DATABASE_URL: server.url("team") });
    try {
      const answer = await page.goto(running.address);
      expect(answer?.status()).toBe(200);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
      await page.goto(`${new URL(running.address).origin}/segments`);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
      expect(await server.query("team", `select count(*)::int as n from pg_stat_activity where datname = 'team' and application_name <> 'psql'`)).not.toEqual([{ n: 0 }]);
    } finally {
      await running.stop();
    }
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
