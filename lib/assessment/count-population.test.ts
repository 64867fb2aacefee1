import fc from "fast-check";
import { expect, test } from "vitest";
import { countPopulation } from "./count-population";
import { makeSegment } from "./testing/make-input";

const hosts = (count: number, platform: string) => Array.from({ length: count }, (_, index) => ({ host: `${platform}${index}`, platform }));
const count = (changes: Parameters<typeof makeSegment>[1]) => Object.fromEntries(countPopulation(makeSegment("s", changes)));

test.each([
  ["one platform has all assets", { assets: 70, platforms: [{ name: "macOS", hosts: null }] }, { macOS: 70 }],
  ["a stated count stands", { assets: 400, platforms: [{ name: "Windows", hosts: 300 }, { name: "Linux", hosts: 100 }] }, { Windows: 300, Linux: 100 }],
  ["an unstated platform has what the stated ones leave", { assets: 400, platforms: [{ name: "Windows", hosts: 300 }, { name: "Linux", hosts: null }] }, { Windows: 300, Linux: 100 }],
  ["unstated platforms share evenly, the first by name take the remainder", { assets: 11, platforms: [{ name: "b", hosts: null }, { name: "a", hosts: null }] }, { a: 6, b: 5 }],
  ["a roster tells the platforms apart", { assets: 5, platforms: [{ name: "Windows", hosts: null }, { name: "Linux", hosts: null }], roster: [...hosts(4, "Windows"), ...hosts(1, "Linux")] }, { Windows: 4, Linux: 1 }],
  ["a short roster does not shrink the segment", { assets: 100, roster: hosts(3, "macOS"), platforms: [{ name: "macOS", hosts: null }] }, { macOS: 100 }],
  ["a statement below the roster is too small", { assets: 2, roster: hosts(9, "macOS"), platforms: [{ name: "macOS", hosts: 2 }] }, { macOS: 9 }],
  ["nothing stated is nothing known", { assets: 0, platforms: [{ name: "macOS", hosts: null }] }, { macOS: 0 }],
])("%s", (_, changes, expected) => {
  expect(count(changes)).toEqual(expected);
});

test("populations are whole, never below a statement or the roster, and cover the assets when a platform is unstated", () => {
  const platform = fc.record({ name: fc.constantFrom("a", "b", "c"), hosts: fc.option(fc.nat(50), { nil: null }) });
  fc.assert(
    fc.property(fc.nat(200), fc.uniqueArray(platform, { selector: ({ name }) => name, minLength: 1 }), fc.array(fc.constantFrom("a", "b", "c")), (assets, platforms, listed) => {
      const roster = listed.map((name, index) => ({ host: `h${index}`, platform: name }));
      const population = countPopulation(makeSegment("s", { assets, platforms, roster }));
      for (const { name, hosts: stated } of platforms) {
        expect(population.get(name)).toBeGreaterThanOrEqual(Math.max(stated ?? 0, roster.filter((row) => row.platform === name).length));
      }
      const total = [...population.values()].reduce((sum, value) => sum + value, 0);
      if (platforms.some(({ hosts: stated }) => stated === null)) expect(total).toBeGreaterThanOrEqual(assets);
    }),
  );
});
