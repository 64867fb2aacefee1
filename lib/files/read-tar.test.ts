import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isTar, readTar } from "./read-tar";

/** An archive as the system's tar writes it. */
function archive(format: "gnu" | "posix" | "ustar", names: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "sightline-tar-"));
  try {
    for (const name of names) {
      mkdirSync(join(folder, "in", name, ".."), { recursive: true });
      writeFileSync(join(folder, "in", name), `content of ${name}`);
    }
    symlinkSync("/etc/passwd", join(folder, "in/link.yml"));
    execFileSync("tar", [`--format=${format}`, "-cf", join(folder, "out.tar"), "-C", join(folder, "in"), "."]);
    return readFileSync(join(folder, "out.tar"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const LONG = `rules/${"deep/".repeat(30)}${"n".repeat(90)}.yml`; // beyond what a header holds

test.each(["gnu", "posix"] as const)("files of a %s archive come with whole names and contents; folders and links are left out", (format) => {
  const bytes = archive(format, ["a.yml", LONG]);
  expect(isTar(bytes)).toBe(true);
  expect(readTar(bytes, "x.tar").map(({ name, content }) => [name.replace(/^\.\//, ""), Buffer.from(content).toString()]).sort()).toEqual([["a.yml", "content of a.yml"], [LONG, `content of ${LONG}`]]);
});

test("an archive that ends in the middle, or names a size that is none, is refused", () => {
  const bytes = archive("ustar", ["a.yml"]);
  const at = Buffer.from(bytes).indexOf("./a.yml") + 124;
  const broken = Buffer.from(bytes);
  broken.write("77777777777\0", at, "latin1");
  expect(() => readTar(broken, "x.tar")).toThrow("ends in the middle or is damaged");
  broken.write("zzzzzzzzzzz\0", at, "latin1");
  expect(() => readTar(broken, "x.tar")).toThrow("ends in the middle or is damaged");
  expect(isTar(Buffer.from("title: a rule"))).toBe(false);
});
