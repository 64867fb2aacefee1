import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * The path of a system Chromium, or null. With install, Debian's package is installed when none is found and this user may
 * install packages (root, or sudo without a password). Playwright's own download is never used: it comes from a vendor's host.
 */
export async function findChromium({ install }) {
  const found = search();
  if (found !== null || !install || !existsSync("/usr/bin/apt-get")) return found;
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (prefix.length > 0 && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status !== 0) return null;
  console.log("== installing Chromium from Debian's packages (once)");
  for (const args of [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]]) {
    const [command, ...rest] = [...prefix, ...args];
    const done = spawnSync(command, rest, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    if (done.status !== 0) return null;
  }
  return search();
}

function search() {
  const named = process.env.SIGHTLINE_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  for (const name of NAMES) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // not this one
    }
  }
  return null;
}
