import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, deltaE, hexOf, linearOf } from "./colour-difference";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const tokens = { light: new Map<string, string>(), dark: new Map<string, string>() };
for (const [, name = "", light = "", dark = ""] of css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
  tokens.light.set(name, light);
  tokens.dark.set(name, dark);
}

/** Machado, Oliveira, Fernandes 2009, severity 1; grey is relative luminance. */
const VISION: Readonly<Record<string, readonly (readonly number[])[]>> = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  grey: [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
};
function seen(hex: string, vision: string): string {
  const linear = linearOf(hex);
  const [r = 0, g = 0, b = 0] = (VISION[vision] ?? []).map((row) => row.reduce((sum, factor, index) => sum + factor * (linear[index] ?? 0), 0));
  return hexOf([r, g, b]);
}
const RAMP = ["blind", "declared", "partial", "observed", "validated"];

describe.each(["light", "dark"] as const)("the %s colours", (theme) => {
  const colour = (name: string): string => {
    const found = tokens[theme].get(name);
    if (!found) throw new Error(`globals.css has no token --${name}`);
    return found;
  };

  it.each(Object.keys(VISION))("keep neighbouring statuses apart in %s vision (difference of 8 or more)", (vision) => {
    for (let at = 1; at < RAMP.length; at++) expect(deltaE(seen(colour(`st-${RAMP[at - 1]}`), vision), seen(colour(`st-${RAMP[at]}`), vision))).toBeGreaterThanOrEqual(8);
  });

  it("rise in contrast with the page as proof grows", () => {
    const steps = RAMP.map((status) => contrast(colour(`st-${status}`), colour("surface")));
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });

  it.each([...RAMP, "na", "un"])("let the glyph of %s be read on its fill", (status) => {
    expect(contrast(colour(`st-${status}-on`), colour(`st-${status}`))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([...RAMP, "un"])("give %s a border that is seen on a card", (status) => {
    expect(contrast(colour(`st-${status}-line`), colour("surface"))).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["ink", "bg"], ["ink", "surface"], ["ink-2", "surface"], ["ink-2", "surface-3"], ["ink-3", "surface"], ["ink-3", "surface-2"], ["ink-3", "surface-3"], ["ink-3", "bg"],
    ["accent", "surface"], ["accent", "accent-soft"], ["accent", "bg"], ["attn", "surface"], ["attn", "attn-soft"], ["accent-ink", "accent"], ["surface", "ink"],
  ])("let %s be read on %s", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

describe("the colour difference", () => {
  it("agrees with the published CIEDE2000 of pure colours", () => {
    expect(deltaE("#ffffff", "#000000")).toBeCloseTo(100, 0);
    expect(deltaE("#ff0000", "#ff0000")).toBe(0);
    expect(deltaE("#ff0000", "#00ff00")).toBeCloseTo(86.6, 0);
  });
});
