import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonFrames, type JsonFrame } from "./json-frames";

type Found = Exclude<JsonFrame, { skipped: string }>;
const isFound = (frame: object): frame is Found => "value" in frame || "reason" in frame;
const read = (content: string | Uint8Array, sizes: readonly number[] = [1 << 20], maxBytes = 4_000_000, maxDepth = 64): Found[] => {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.from(content);
  const frames = new JsonFrames(maxBytes, maxDepth);
  const found: object[] = [];
  let from = 0;
  for (let i = 0; from < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    found.push(...frames.push(bytes.subarray(from, from + size)));
    from += size;
  }
  return [...found, ...frames.end()].filter(isFound);
};
const accounted = (content: Uint8Array) => {
  const frames = new JsonFrames(4_000_000, 64);
  return [...frames.push(content), ...frames.end()];
};
const brief = (frames: readonly object[]) => frames.filter(isFound).map((f) => ("value" in f ? f.value : f.reason));

describe("JSON framing", () => {
  test.each<[string, string, unknown[]]>([
    ["one object per line", '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ["CRLF lines and a byte order mark", '\uFEFF{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
    ["CR alone", '{"a":1}\r{"a":2}', [{ a: 1 }, { a: 2 }]],
    ["pretty objects without separators", '{\n "a": 1\n}\n{\n "a": {"b": [1, "}"]}\n}', [{ a: 1 }, { a: { b: [1, "}"] } }]],
    ["pretty objects with commas between", '{\n "a": 1\n},\n  {"a":2}', [{ a: 1 }, { a: 2 }]],
    ["an array", '[{"a":1},\n{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ["arrays in arrays", '[[{"a":1}],[[{"a":2}]]]', [{ a: 1 }, { a: 2 }]],
    ["Records", '{"Records":[{"a":1},{"a":2}]}', [{ a: 1 }, { a: 2 }]],
    ["Records on every line", '{"Records":[{"a":1}]}\n{"x":0,"Records":[{"a":2}],"y":[{"z":"}"}]}\n{"a":3}\n', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ["wrappers in an array", '[{"Records":[{"a":1}]},{"Records":[{"a":2}]}]', [{ a: 1 }, { a: 2 }]],
    ["Elastic hits", '{"took":1,"hits":{"total":{"value":1},"hits":[{"a":1},{"a":2}]},"x":1}', [{ a: 1 }, { a: 2 }]],
    ["an EQL response", '{"hits":{"events":[ {"a":1} ]}}', [{ a: 1 }]],
    ["a list that holds no objects is data", '{"value":["x"]}', [{ value: ["x"] }]],
    ["a line cut in a string", '{"a":"b\n{"a":2}\n', ["not-json", { a: 2 }]],
    ["a line that lacks its bracket", '{"a":{"b":1}\n{"a":2}\n', ["not-json", { a: 2 }]],
    ["a trailing comma spoils one pretty object", '{\n "a": [\n 1,\n ]\n}\n{"a":2}', ["not-json", { a: 2 }]],
    ["text around objects", 'hello\n{"a":1}\n"x"\n', ["not-json", { a: 1 }, "not-an-object"]],
    ["scalars in an array", '[1,"a,b",{"a":1},null]', ["not-an-object", "not-an-object", { a: 1 }, "not-an-object"]],
    ["an object cut at the end", '{"a":1}\n{"a":', [{ a: 1 }, "truncated"]],
    ["a list cut at the end", '[{"a":1},', [{ a: 1 }, "truncated"]],
    ["a prototype key", '{"__proto__":{"x":1}}\n{"a":{"\\u005f_proto__":1}}\n{"constructor":1}', ["unsafe-key", "unsafe-key", { constructor: 1 }]],
    ["nothing", "", []],
    ["white space", " \n\r\n\t", []],
  ])("%s", (_, content, wanted) => {
    expect(brief(read(content))).toEqual(wanted);
    expect(brief(read(content, [1]))).toEqual(wanted);
  });

  test("a broken record is refused by byte and line, with the line that breaks it", () => {
    const [broken, whole] = read('[\n  {\n    "a": {\n      "b": 1\n    },\n  {\n    "a": 2\n  }\n]');
    expect(broken).toMatchObject({ offset: 4, length: 35, reason: "not-json", message: "The record at byte 4 is not valid JSON (lines 2 to 5; line 6 breaks it)." });
    expect(whole).toMatchObject({ offset: 39, value: { a: 2 } });
    expect(read('{"a":1}\n{"a":,}\nno\n').flatMap((frame) => ("message" in frame ? [frame.message] : []))).toEqual(["The record at byte 8 is not valid JSON (line 2).", "The text at byte 16 is not JSON (line 3)."]);
  });

  const leaf = fc.oneof(fc.integer(), fc.string(), fc.constant(null));
  const record = fc.record({ n: fc.record({ deep: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), leaf, { maxKeys: 3 }), list: fc.array(leaf, { maxLength: 3 }) }), text: fc.string() });
  const layouts: Readonly<Record<string, (texts: readonly object[]) => readonly [around: readonly [string, string], between: string, texts: readonly string[]]>> = {
    "one a line": (all) => [["", "\n"], "\n", all.map((one) => JSON.stringify(one))],
    "a compact list": (all) => [["[", "]"], ",", all.map((one) => JSON.stringify(one))],
    "a pretty list": (all) => [["[\n", "\n]"], ",\n", all.map((one) => JSON.stringify(one, null, 2).replace(/^/gm, "  "))],
    "a pretty wrapper": (all) => [['{\n\t"Records": [\n', '\n\t],\n\t"next": null\n}'], ",\n", all.map((one) => JSON.stringify(one, null, "\t").replace(/^/gm, "\t\t"))],
    "pretty objects one after the other": (all) => [["", "\n"], "\n", all.map((one) => JSON.stringify(one, null, 4))],
  };
  const damages: readonly (readonly [string, (text: string) => string])[] = [
    ["its last bracket is missing", (text) => text.replace(/}\s*$/, "")],
    ["an inner bracket is missing", (text) => text.replace(/}(?=\s*,\s*"list")/, "")],
    ["a list in it is not closed", (text) => text.replace(/](?=\s*})/, "")],
    ["a comma trails", (text) => text.replace(/\s*}\s*$/, ",$&")],
    ["a colon is missing", (text) => text.replace('"text":', '"text"')],
    ["a list in it is never opened", (text) => text.replace(/("list":\s*)\[/, "$1")],
  ];

  const parses = (text: string): boolean => {
    try {
      return JSON.parse(text) !== undefined;
    } catch {
      return false;
    }
  };

  test.each(Object.entries(layouts))("property, %s: whatever breaks one record, every other is read, once and in order, and no byte is lost", (_, lay) => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 3, maxLength: 5 }), fc.nat(), fc.constantFrom(...damages), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (records, at, [, damage], sizes) => {
        const numbered = records.map((one, id) => ({ id, ...one }));
        const [[before, behind], between, texts] = lay(numbered);
        const broken = at % (texts.length - 1); // one follows
        fc.pre(!parses(damage(texts[broken] ?? ""))); // what it takes away may have stood within a text
        const content = Buffer.from(before + texts.map((text, index) => (index === broken ? damage(text) : text)).join(between) + behind);
        const frames = read(content, sizes);
        expect(frames.flatMap((frame) => ("value" in frame && "id" in frame.value ? [frame.value] : []))).toEqual(numbered.filter(({ id }) => id !== broken));
        expect(frames.some((frame) => "reason" in frame && frame.reason === "not-json")).toBe(true);
        let end = 0;
        for (const { offset, length } of accounted(content)) {
          expect(content.subarray(end, offset).toString()).toMatch(/^[\s,[\]]*$/);
          end = offset + length;
        }
        expect(content.subarray(end).toString()).toMatch(/^[\s,[\]]*$/);
      }),
      { numRuns: 150 },
    );
  });

  test("a key named __proto__ never reaches any prototype", () => {
    read('{"__proto__":{"polluted":1}}\n{"constructor":{"prototype":{"polluted":1}}}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("nesting beyond the limit is refused and the next record read", () => {
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(brief(read(`${deep}\n{"a":1}`))).toEqual(["too-deep", { a: 1 }]);
    expect(brief(read(`{"a":[[1]]}\n{"a":[[[1]]]}`, [5], 1000, 3))).toEqual([{ a: [[1]] }, "too-deep"]);
  });

  test("a record past the byte limit is refused with its length and the next one read", () => {
    const long = `{"a":"${"x".repeat(5000)}"}`;
    for (const sizes of [[100_000], [64], [1]]) {
      const frames = read(`${long}\n{"a":1}`, sizes, 1000);
      expect(frames[0]).toMatchObject({ offset: 0, length: long.length, reason: "too-long" });
      expect(brief(frames)).toEqual(["too-long", { a: 1 }]);
    }
  });

  test("a single line of 200 MB is refused without being kept", () => {
    const frames = new JsonFrames(4_000_000, 64);
    const chunk = Buffer.alloc(1 << 20, 0x61);
    const open = Buffer.from('{"a":"');
    const before = process.memoryUsage().arrayBuffers;
    const found = [...frames.push(open)];
    let most = 0;
    for (let i = 0; i < 200; i += 1) {
      found.push(...frames.push(chunk));
      if (i % 20 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    found.push(...frames.push(Buffer.from('"}\n{"b":1}\n')), ...frames.end());
    expect(found[0]).toMatchObject({ offset: 0, length: 200 * (1 << 20) + 8, reason: "too-long" });
    expect(brief(found)).toEqual(["too-long", { b: 1 }]);
    expect(most).toBeLessThan(100 * (1 << 20));
  });

  test("bytes that are not UTF-8 cost one record", () => {
    const content = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n{"a":"ö\uFFFD"}\n')]);
    expect(brief(read(content))).toEqual(["not-utf8", { a: "ö\uFFFD" }]);
  });

  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).map((v) => JSON.stringify(v)),
    fc.jsonValue({ maxDepth: 3 }).map((v) => JSON.stringify({ v }, null, 2)),
    fc.constantFrom('{"Records":[{"a":1}]}', "garbage", "{", "}", "[", "]", ",", '"', '{"a":', "\\", '{"hits":{"hits":[{"b":2}]}}', "\r\n", "{\n"),
  );
  const content = fc.array(fc.tuple(json, fc.constantFrom("\n", "", " ", ",", "\n\n", "\r"))).map((parts) => parts.map(([a, b]) => a + b).join(""));

  test("how the bytes are cut into chunks never shows", () => {
    fc.assert(
      fc.property(content, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), fc.integer({ min: 8, max: 60 }), (text, sizes, limit) => {
        const whole = read(text, [1 << 20], limit, 4);
        expect(read(text, sizes, limit, 4)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  test("values never overlap, stand in order and read the same again from their own bytes", () => {
    fc.assert(
      fc.property(content, (text) => {
        const bytes = Buffer.from(text);
        let end = 0;
        for (const frame of read(text)) {
          expect(frame.offset).toBeGreaterThanOrEqual(end);
          end = frame.offset + frame.length;
          expect(end).toBeLessThanOrEqual(bytes.length);
          if ("value" in frame) expect(JSON.parse(bytes.subarray(frame.offset, end).toString())).toEqual(frame.value);
        }
      }),
    );
  });

  test("what lies between values is white space, commas and packaging only", () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })).filter((o) => !Object.hasOwn(o, "__proto__")), { minLength: 1 });
    fc.assert(
      fc.property(objects, fc.boolean(), (values, list) => {
        const bytes = Buffer.from(list ? JSON.stringify(values, null, 1) : values.map((v) => JSON.stringify(v)).join("\n"));
        const rest: Buffer[] = [];
        let end = 0;
        const frames = read(bytes);
        for (const frame of frames) {
          rest.push(bytes.subarray(end, frame.offset));
          end = frame.offset + frame.length;
        }
        expect(Buffer.concat([...rest, bytes.subarray(end)]).toString()).toMatch(/^[\s,[\]]*$/);
        expect(frames).toHaveLength(values.length);
      }),
    );
  });
});
