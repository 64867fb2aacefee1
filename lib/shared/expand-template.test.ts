import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTemplate, type TemplateScope } from "./expand-template";
import { expandPattern } from "./expand-pattern";
import { seededRandom } from "./seeded-random";
import { formatInstant, parseDuration } from "./template-time";

const AT = Date.UTC(2026, 2, 2, 9, 15, 30, 123);
const scope = (variables: Record<string, string> = {}): TemplateScope => ({
  variables: new Map(Object.entries({ unit: "web-01", ...variables })),
  lists: { colours: ["red", "green", "blue"] },
  counters: new Map(),
  random: seededRandom("test"),
  atMs: AT,
});
const expand = (text: string, variables?: Record<string, string>) => compileTemplate(text)(scope(variables));

describe("templates", () => {
  it("leave every text without placeholders as it is", () => {
    fc.assert(fc.property(fc.string().filter((text) => !text.includes("{{")), (text) => expand(text) === text));
  });

  it("put a JSON-escaped variable where it is asked for, so that the record still parses", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(JSON.parse(expand('{"a":{"b":"{{value|json}}"}}', { value }))).toEqual({ a: { b: value } });
      }),
    );
  });

  it("keep a brace around a placeholder", () => {
    expect(expand("{{{id}}}", { id: "7" })).toBe("{7}");
  });

  it("write a time so many seconds later, by a number or by a variable that holds one", () => {
    expect(expand("{{time iso-ms 1.5}} {{time iso-ms lag}}", { lag: "-60" })).toBe("2026-03-02T09:15:31.623Z 2026-03-02T09:14:30.123Z");
  });

  it("draw the same values from the same seed", () => {
    const text = "{{int 1 900}} {{hex 8}} {{guid}} {{pick colours}} {{word 5}} {{time iso-ns}}";
    expect(expand(text)).toBe(expand(text));
    expect(expand(text)).toMatch(/^\d+ [0-9a-f]{8} [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12} (red|green|blue) \w{5} 2026-03-02T09:15:30\.123\d{6}Z$/);
  });

  it("name one item per unit whatever was drawn before", () => {
    const own = scope();
    compileTemplate("{{int 1 9}}{{int 1 9}}")(own);
    expect(compileTemplate("{{stable colours}}")(own)).toBe(expand("{{stable colours}}"));
  });

  it("let counters grow and repeat on request", () => {
    const [first, again, second] = expand("{{next serial}} {{last serial}} {{next serial}}").split(" ");
    expect(again).toBe(first);
    expect(Number(second)).toBe(Number(first) + 1);
  });

  it.each([
    ["{{open", "placeholder without end"],
    ["{{nobody}}", 'unknown variable "nobody"'],
    ["{{pick nothing}}", 'unknown list "nothing"'],
    ["{{unit|shout}}", 'unknown filter "shout"'],
    ["{{shout 3}}", 'unknown call "shout"'],
    ["{{time stardate}}", "unknown time format"],
    ["{{last never}}", "was never advanced"],
  ])("refuse %s", (text, message) => {
    expect(() => expand(text)).toThrow(message);
  });
});

describe("instants", () => {
  it.each([
    ["iso-s", "2026-03-02T09:15:30Z"],
    ["plain-ms", "2026-03-02 09:15:30.123"],
    ["epoch-s.ms", `${Math.floor(AT / 1000)}.123`],
    ["c-time", "Mon Mar  2 09:15:30 2026 UTC"],
    ["date", "2026-03-02"],
  ])("are written as %s", (format, text) => {
    expect(formatInstant(format, AT, seededRandom("x"))).toBe(text);
  });

  it("carry their zone where the format has one", () => {
    expect(formatInstant("plain-us-zone", AT, seededRandom("x"), "120")).toMatch(/^2026-03-02 11:15:30\.123\d{3}\+0200$/);
    expect(formatInstant("plain-us-zone", AT, seededRandom("x"), "-210")).toMatch(/^2026-03-02 05:45:30\.123\d{3}-0330$/);
  });

  it("are moved by durations", () => {
    expect(parseDuration("-28d6h")).toBe(-28.25 * 86_400_000);
    expect(parseDuration("2.5s")).toBe(2500);
    expect(() => parseDuration("soon")).toThrow("is not a duration");
  });
});

describe("patterns", () => {
  it("count with the width of their first number", () => {
    expect(expandPattern("web-{08..11}.x")).toEqual(["web-08.x", "web-09.x", "web-10.x", "web-11.x"]);
    expect(expandPattern("alone")).toEqual(["alone"]);
  });
  it("refuse ranges that run backwards and braces without a range", () => {
    expect(() => expandPattern("a{3..1}")).toThrow("backwards");
    expect(() => expandPattern("a{b}")).toThrow("not a pattern");
  });
});
