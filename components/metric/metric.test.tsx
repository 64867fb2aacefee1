import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Metric, type MetricProps } from "./metric";

const SIZES = ["headline", "row", "line", "cell"] as const;
const draw = (props: Omit<MetricProps, "measure">): string => renderToStaticMarkup(<Metric measure="observed-share" {...props} />).replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

describe("a share on a page", () => {
  test.each(SIZES)("stands with its count and, as %s, never without", (size) => {
    const text = draw({ value: 412_000, low: 300_000, high: 600_000, k: 3, n: 8, size });
    expect(text).toContain("41.2");
    expect(text).toMatch(/3 ?(of|\/) ?8/);
    if (size !== "cell") expect(text).toContain("30.0–60.0");
  });

  test.each(SIZES.filter((size) => size !== "cell"))("is no evidence where there is nothing to divide by, as %s, and still says n", (size) => {
    const text = draw({ value: null, low: null, high: null, k: 0, n: 0, size });
    expect(text).toContain("no evidence");
    expect(text).toMatch(/n = 0/);
    expect(text).not.toContain("%");
    expect(draw({ value: 0, low: 0, high: 0, k: 0, n: 0, size })).toContain("no evidence");
  });

  test("says what the share is when every cell counts once, for cells alone", () => {
    const markup = (unit?: MetricProps["unit"]) => renderToStaticMarkup(<Metric measure="observed-share" value={412_000} low={0} high={1_000_000} k={3} n={8} unit={unit} />);
    expect(markup()).toContain("3 of 8 cells: 37.5 % when every cell counts once");
    expect(markup(["host", "hosts"])).not.toContain("counts once");
  });

  test("shows no interval where none was computed", () => {
    for (const size of ["row", "line"] as const) {
      const text = draw({ value: 412_000, low: null, high: null, k: 3, n: 8, size });
      expect(text).toMatch(/41\.2 % 3 of 8/);
    }
    expect(renderToStaticMarkup(<Metric measure="uniform-share" size="line" value={412_000} low={null} high={null} k={3} n={8} />)).not.toContain("at least");
  });

  test("cannot be written without k and n", () => {
    // @ts-expect-error n is missing
    const withoutN: MetricProps = { measure: "observed-share", value: 1, low: 1, high: 1, k: 1 };
    // @ts-expect-error k is missing
    const withoutK: MetricProps = { measure: "observed-share", value: 1, low: 1, high: 1, n: 1 };
    expect([withoutN, withoutK]).toHaveLength(2);
  });

  test("opens the card that says how it is computed where it is a headline, else where its head does not", () => {
    const markup = (props: Partial<MetricProps>) => renderToStaticMarkup(<Metric measure="validated-share" value={412_000} low={0} high={1_000_000} k={3} n={8} {...props} />);
    expect(markup({})).toContain("How computed: Validated share");
    expect(markup({ value: null, n: 0, k: 0 })).toContain("How computed: Validated share");
    expect(markup({ how: false })).not.toContain("How computed");
    expect(markup({ size: "row" })).not.toContain("How computed");
    expect(markup({ size: "line", how: true })).toContain("How computed: Validated share");
  });
});
