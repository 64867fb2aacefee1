import { describe, expect, test } from "vitest";
import { matchesEvent, ruleOf, selects } from "../testing/ask-rule";
import { parseRuleFile } from "../sigma/parse-rule-file";
import { viewRecord } from "./rule-view";

/** One field asked, one value in the event. */
const is = (key: string, value: unknown, found: unknown): boolean => selects(`${key}: ${JSON.stringify(value)}`, { F: found });
const condition = (text: string, native: Record<string, unknown>, selections = "a:\n  A: 1\nb:\n  B: 1\nc:\n  C: 1"): boolean => matchesEvent(ruleOf(`${selections}\ncondition: ${text}`), native);

describe("texts", () => {
  test("are compared whole and without regard to case, beyond ASCII too; cased turns that off", () => {
    expect([is("F", "ABC", "abc"), is("F", "abc", "abcd"), is("F", "ÄÖß", "äöß"), is("F|cased", "ABC", "abc"), is("F|cased", "ABC", "ABC")]).toEqual([true, false, true, false, true]);
    expect([is("F|contains|cased", "Bc", "abcd"), is("F|contains|cased", "bc", "abcd"), is("F|endswith|cased", "D", "abcd")]).toEqual([false, true, false]);
  });

  test("re looks anywhere, minds case, and takes the flags i, m and s", () => {
    expect([is("F|re", "b+c", "abbcd"), is("F|re", "B+C", "abbcd"), is("F|re|i", "B+C", "abbcd"), is("F|re", "^b", "a\nb"), is("F|re|m", "^b", "a\nb"), is("F|re", "a.b", "a\nb"), is("F|re|s", "a.b", "a\nb")]).toEqual([true, false, true, false, true, false, true]);
  });

  test("a star is any run with line breaks, a question mark exactly one character, of one or two code units", () => {
    expect([is("F", "a*c", "a\nb\nc"), is("F", "a*c", "ac"), is("F", "a?c", "abc"), is("F", "a?c", "ac"), is("F", "a?c", "a\nc"), is("F", "a?c", "a😀c"), is("F", "?", "😀"), is("F", "??", "😀")]).toEqual([true, true, true, false, true, true, true, false]);
    expect([is("F", "*a*b*a*", "xaxbxax"), is("F", "*a*b*a*", "xaxaxb"), is("F", "a*a", "a"), is("F", "*", "")]).toEqual([true, false, false, true]);
  });

  test.each([
    [String.raw`a\*b`, "a*b", "axb"],
    [String.raw`a\?b`, "a?b", "axb"],
    [String.raw`C:\\x`, String.raw`C:\x`, String.raw`C:\\x`],
    [String.raw`C:\x`, String.raw`C:\x`, String.raw`C:x`],
    [String.raw`a\\*`, String.raw`a\anything`, "a*"],
    [String.raw`a\\\*`, String.raw`a\*`, String.raw`a\x`],
    [String.raw`\\\\srv`, String.raw`\\srv`, String.raw`\srv`],
    [String.raw`\\\x`, String.raw`\\x`, String.raw`\x`],
    ["ends\\", "ends\\", "ends"],
  ])("escapes are read once, after YAML: %s", (value, yes, no) => {
    expect([is("F", value, yes), is("F", value, no)]).toEqual([true, false]);
  });

  test("wildcards that modifiers add are never escaped by the text beside them, nor doubled", () => {
    expect([is("F|contains", "\\Desktop\\", "C:\\Users\\x\\Desktop\\y"), is("F|startswith", "C:\\", "C:\\x"), is("F|contains", "*a*", "xax"), is("F|endswith", "\\a.exe", "C:\\a.exe")]).toEqual([true, true, true, true]);
  });

  test("numbers and texts meet in both directions; 0x17 stays a text, 46880 is not 4688", () => {
    expect([is("F", 4688, "4688"), is("F", "4688", 4688), is("F", 4688, 46880), is("F", 4688, "46880"), is("F", "0x17", 23), is("F", 23, "0x17"), is("F", "0x17", "0X17"), is("F", 1.5, "1.50"), is("F", true, "True"), is("F", "true", true)]).toEqual([true, true, false, false, false, false, true, true, true, true]);
  });
});

describe("lists", () => {
  test("values are alternatives; with all every one must be met, each by any element of the field", () => {
    expect([is("F|contains", ["a", "b"], "xbx"), is("F|contains|all", ["a", "b"], "xbx"), is("F|contains|all", ["a", "b"], "ab"), is("F|all", ["a", "b"], ["b", "a"])]).toEqual([true, false, true, true]);
  });

  test("all with one value is read as if it were not there, and says so", () => {
    const rule = ruleOf("selection:\n  F|contains|all: a\ncondition: selection");
    expect([matchesEvent(rule, { F: "xax" }), rule.warnings.length]).toEqual([true, 1]);
  });

  test("all over encoded values asks for every value in any of its forms", () => {
    const both = Buffer.from("xfoo").toString("base64") + Buffer.from("bar").toString("base64");
    expect([is("F|base64offset|contains|all", ["foo", "bar"], both), is("F|base64offset|contains|all", ["foo", "nix"], both)]).toEqual([true, false]);
  });

  test("a map is an and, a list of maps an or of ands, a list of texts keywords", () => {
    const native = { A: "1", B: "2" };
    expect([selects("A: 1\nB: 2", native), selects("A: 1\nB: 3", native), selects("- A: 1\n  B: 3\n- B: 2", native), selects("- A: 3\n- B: 3", native), selects("- '2'\n- nothing", native)]).toEqual([true, false, true, false, true]);
  });

  test("`1 of selection*` keeps the and inside each selection", () => {
    const selections = "selection_a:\n  A: 1\n  B: 1\nselection_b:\n  C: 1\n  D: 1";
    expect([condition("1 of selection*", { A: 1, C: 1 }, selections), condition("1 of selection*", { C: 1, D: 1 }, selections)]).toEqual([false, true]);
  });

  test("one more entry in a list of maps never takes matches away", () => {
    expect([selects("- F: a\n- F: b", { F: "a" }), selects("- F: a\n- F: b\n- G: null\n  F: c", { F: "a" })]).toEqual([true, true]);
  });
});

describe("encodings", () => {
  test.each(["-", "/", "–", "—", "―"])("windash takes %s for an option's dash in every combination, and leaves dashes inside words", (dash) => {
    expect([is("F|windash|contains", " -e -f", `x ${dash}e /f`), is("F|windash|contains", "a-b", `xa${dash}bx`), is("F|contains", " -e", ` ${dash}e`)]).toEqual([true, dash === "-", dash === "-"]);
  });

  test("base64 and base64offset: three offsets, the cut ends left out; compared without regard to case unless cased", () => {
    const at = (offset: number) => Buffer.from(`${"x".repeat(offset)}foobar!`).toString("base64");
    expect([0, 1, 2].map((offset) => is("F|base64offset|contains", "foobar", at(offset)))).toEqual([true, true, true]);
    expect([is("F|base64", "foobar", "Zm9vYmFy"), is("F|base64", "foobar", "zM9VyMfY"), is("F|base64|cased", "foobar", "zM9VyMfY"), is("F|base64offset|contains", "foobar", "nothing")]).toEqual([true, true, false, false]);
  });

  test("UTF-16 comes before base64 in the chain as written: wide is utf16le, utf16 adds the mark", () => {
    const le = Buffer.from("cmd", "utf16le");
    expect([is("F|wide|base64", "cmd", le.toString("base64")), is("F|utf16le|base64", "cmd", le.toString("base64"))]).toEqual([true, true]);
    expect([is("F|utf16be|base64", "cmd", Buffer.from(le).swap16().toString("base64")), is("F|utf16|base64", "cmd", Buffer.concat([Buffer.from([255, 254]), le]).toString("base64"))]).toEqual([true, true]);
    expect(is("F|wide|base64offset|contains", "cmd", Buffer.concat([Buffer.from("xx"), le, Buffer.from("yy")]).toString("base64"))).toBe(true);
  });

  test("modifiers work in the order in which they are written: base64 of UTF-16 is not UTF-16 of base64; the specification's own three forms", () => {
    const wide = (text: string) => Buffer.from(text, "utf16le");
    expect([is("F|wide|base64", "cmd", wide("cmd").toString("base64")), is("F|base64|wide", "cmd", wide("cmd").toString("base64")), is("F|base64|wide", "cmd", wide("Y21k").toString("latin1"))]).toEqual([true, false, true]);
    expect(["Zm9vYmFy", "Zvb2Jhc", "mb29iYX"].map((form) => is("F|base64offset|contains", "foobar", `x${form}x`))).toEqual([true, true, true]);
    expect(["Zm9vYmF", "vb2Jhc", "mb29iY"].map((cut) => is("F|base64offset|contains", "foobar", `x${cut}`))).toEqual([false, false, false]);
  });

  test("expand fills placeholders, all combinations; without the modifier %name% is itself", () => {
    const values = new Map([["who", ["eva", "bob*"]], ["dom", ["A", "B"]]]);
    expect([selects("F|expand: '%dom%\\%who%'", { F: "B\\bobby" }, values), selects("F|expand: '%dom%\\%who%'", { F: "C\\eva" }, values), selects("F: '%who%'", { F: "%who%" }, values), selects("F|expand: plain", { F: "plain" }, values)]).toEqual([true, false, true, true]);
  });
});

describe("other questions", () => {
  test("cidr reads addresses as addresses, version 4 and 6; what is none is in no range", () => {
    expect([is("F|cidr", "10.0.0.0/8", "10.1.2.3"), is("F|cidr", "10.0.0.0/8", "100.1.2.3"), is("F|cidr", "::1/128", "0:0:0:0:0:0:0:1"), is("F|cidr", "::1/128", "::10"), is("F|cidr", "2001:db8::/32", "2001:DB8:1::5"), is("F|cidr", "10.0.0.0/8", "::ffff:10.0.0.1")]).toEqual([true, false, true, false, true, true]);
    expect([is("F|cidr", "10.0.0.0/8", "10.1"), is("F|cidr", "10.0.0.0/8", "host"), is("F|cidr", "0.0.0.0/0", 167772161), is("F|cidr", "fe80::/10", "fe80::1%eth0"), is("F|cidr", "192.168.1.7", "192.168.1.7")]).toEqual([false, false, false, true, true]);
  });

  test("fieldref compares two fields of the event; where one is missing, or says nothing, there is no match", () => {
    expect([selects("F|fieldref: G", { F: "Eva", G: "eva" }), selects("F|fieldref: G", { F: "a" }), selects("F|fieldref: G", { F: "-", G: "-" }), selects("F|fieldref|startswith: G", { F: "evab", G: "eva" }), selects("F|fieldref|endswith: G", { F: "aeva", G: "eva" }), selects("F|fieldref|contains: G", { F: "xevax", G: "EVA" })]).toEqual([true, false, false, true, true, true]);
    expect([selects("F|fieldref|neq: G", { F: "a", G: "b" }), selects("F|fieldref|neq: G", { G: "b" }), selects("F|fieldref|cased: G", { F: "A", G: "a" })]).toEqual([true, false, false]);
  });

  test("null is absent or null, '' is there and empty; they are not one", () => {
    const ask = (value: string) => [{}, { F: null }, { F: "" }, { F: "x" }].map((native) => selects(`F: ${value}`, native));
    expect(ask("null")).toEqual([true, true, false, false]);
    expect(ask("~")).toEqual([true, true, false, false]);
    expect(ask("")).toEqual([true, true, false, false]);
    expect(ask("''")).toEqual([false, false, true, false]);
    expect(condition("not a", { A: "x" }, "a:\n  A: null")).toBe(true);
  });

  test("placeholders of sensors (- and ?) are the values they are: a rule that asks for them finds them, null does not", () => {
    expect([is("F", "-", "-"), is("F", "\\?", "?"), selects("F: null", { F: "-" }), is("F", "?", "-")]).toEqual([true, true, false, true]);
  });

  test("a missing field makes its line false, so that `selection and not filter` matches without it", () => {
    expect([condition("a and not b", { A: 1 }), condition("a and not b", { A: 1, B: 1 }), condition("a and not b", { A: 1, B: 2 })]).toEqual([true, false, true]);
  });

  test("exists asks for presence alone: null, empty text, objects and empty lists are there", () => {
    expect([{ F: null }, { F: "" }, { F: {} }, { F: [] }, {}].map((native) => selects("F|exists: true", native))).toEqual([true, true, true, true, false]);
    expect([{ F: null }, {}].map((native) => selects("F|exists: false", native))).toEqual([false, true]);
  });

  test("neq: the field is there and none of the values is in it", () => {
    expect([is("F|neq", ["a", "b"], "c"), is("F|neq", ["a", "b"], "b"), selects("F|neq: a", {}), is("F|contains|neq", "a", "xax"), is("F|neq", "a", ["a", "c"])]).toEqual([true, false, false, false, false]);
  });

  test("lt, lte, gt and gte compare numbers, also those that stand in texts; what is no number never matches", () => {
    expect([is("F|lt", 10, 9), is("F|lt", 10, 10), is("F|lte", 10, "10"), is("F|gt", 10, "10.5"), is("F|gte", 10, 10), is("F|gt", 10, "many"), is("F|gt", 10, "9"), is("F|gt", -5, "-4"), is("F|gt", 1, "0x17"), is("F|gt", 1, true)]).toEqual([true, false, true, true, true, false, false, true, false, false]);
  });

  test("parts of a date are read as written, without conversion of zones; weeks are those of ISO 8601", () => {
    const at = "2026-12-31T23:59:30+05:00";
    expect(["minute", "hour", "day", "week", "month", "year"].map((part, i) => is(`F|${part}`, [59, 23, 31, 53, 12, 2026][i], at))).toEqual([true, true, true, true, true, true]);
    expect([is("F|hour|gte", 20, at), is("F|hour|lt", 6, at), is("F|hour", 23, "yesterday"), is("F|hour", 5, "2026-01-05"), is("F|week", 1, "2024-12-30"), is("F|year", 2026, 1770112200)]).toEqual([true, false, false, false, true, true]);
  });
});

describe("keywords", () => {
  test("stand anywhere in any text of the event, at any depth, numbers too, but not in names of fields", () => {
    const native = { A: { B: ["deep WORD here"] }, N: 4711, KeyName: "x" };
    expect([selects("- word", native), selects("- '4711'", native), selects("- keyname", native), selects("just one", { A: "it is JUST ONE text" })]).toEqual([true, true, false, true]);
  });

  test("'|all' wants every keyword, each possibly in another field; wildcards and re work there", () => {
    const native = { A: "first part", B: "second part" };
    expect([selects("'|all':\n  - first\n  - second", native), selects("'|all':\n  - first\n  - third", native), selects("- f*t p?rt", native), selects("'|re': 'sec.nd'", native), selects("'|re': 'SECOND'", native)]).toEqual([true, false, true, true, false]);
  });
});

describe("conditions", () => {
  const only = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 1]));

  test("or binds loosest, then and, then not, then x of; brackets change that", () => {
    expect([condition("a or b and c", only("A")), condition("(a or b) and c", only("A")), condition("not a and b", only("B")), condition("not (a and b)", only("A")), condition("not a or b", only("A", "B")), condition("not not a", only("A"))]).toEqual([true, false, true, true, true, true]);
  });

  test("1 of, any of and all of take patterns with * anywhere; `them` leaves out names that begin with _", () => {
    const selections = "sel_x_1:\n  A: 1\nsel_y_1:\n  B: 1\n_hidden:\n  C: 1";
    expect([condition("1 of sel*1", only("B"), selections), condition("all of sel_*_1", only("A"), selections), condition("all of them", only("A", "B"), selections), condition("1 of them", only("C"), selections), condition("any of _*", only("C"), selections), condition("not 1 of sel_x*", only("B"), selections)]).toEqual([true, false, true, false, true, true]);
  });

  test("operators may be written in upper case, names of selections may not", () => {
    expect([condition("a AND NOT b", only("A")), condition("a OR b", only("B")), condition("ALL OF THEM", only("A", "B", "C")), condition("1 Of a*", only("A"))]).toEqual([true, true, true, true]);
    expect(() => condition("A and b", only("A", "B"))).toThrow('names "A"');
  });

  test("names may hold operator words; a list of conditions is an or of them", () => {
    expect(condition("selection_or_x and not_b", { A: 1, B: 1 }, "selection_or_x:\n  A: 1\nnot_b:\n  B: 1")).toBe(true);
    const rule = ruleOf("a:\n  A: 1\nb:\n  B: 1\ncondition:\n  - a\n  - b");
    expect([matchesEvent(rule, { B: 1 }), matchesEvent(rule, { C: 1 })]).toEqual([true, false]);
  });
});

describe("nested data", () => {
  test("the flat name goes before the path, arrays mean any element, on the way too", () => {
    expect([selects("a.b: 1", { "a.b": 1, a: { b: 2 } }), selects("a.b: 2", { "a.b": 1, a: { b: 2 } }), selects("a.b: 2", { a: { b: 2 } }), selects("a.b.c: x", { "a.b": { c: "x" } }), selects("a.b: 2", { a: [{ b: 1 }, { b: 2 }] }), selects("a: y", { a: ["x", "y"] })]).toEqual([true, false, true, true, true, true]);
  });

  test("names are compared as written but for the taxonomy's, which are found by their meaning", () => {
    expect([selects("image: x", { Image: "x" }), selects("Image: x", { image: "x" })]).toEqual([false, false]);
    const view = viewRecord({ kind: { family: "macos-esf", key: "exec" }, fields: { image: "/bin/ls", cmd: "ls -l" }, native: { event: {} } });
    expect([view.values("Image"), view.values("IMAGE"), view.values("CommandLine"), view.values("Nothing")]).toEqual([["/bin/ls"], ["/bin/ls"], ["ls -l"], null]);
  });

  test("names of inherited properties are no fields", () => {
    expect([selects("constructor|exists: true", {}), selects("toString: null", {}), selects("a.constructor|exists: true", { a: {} })]).toEqual([false, true, false]);
    const names = ["constructor", "__proto__", "toString"];
    const windows = (native: Record<string, unknown>) => viewRecord({ kind: { family: "windows-sysmon", key: "1" }, fields: {}, native });
    const bare: Record<string, unknown>[] = [
      { EventID: 1, Channel: "C", Image: "a" },
      { Event: { System: { EventID: 1, Channel: "C" }, EventData: { Image: "a" } } },
      { winlog: { event_id: 1, channel: "C", event_data: { Image: "a" } } },
    ];
    for (const native of bare) expect([...names, "Image"].map((name) => windows(native).values(name))).toEqual([null, null, null, ["a"]]);
    expect(windows({ EventID: 1, Channel: "C", constructor: "own" }).values("constructor")).toEqual(["own"]);
  });
});

describe("fields of real formats under Sigma's names", () => {
  const sysmon = { EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "h", Image: "C:\\x.exe", Hashes: "SHA1=AA,MD5=BB, SHA256=CC,IMPHASH=DD", "Threat Name": "T", ProcessId: "7" };
  const seen = (family: string, key: string, native: unknown, fields = {}) => viewRecord({ kind: { family, key }, fields, native });

  test("parts of Sysmon's Hashes answer by their names; spaces in names of event data do not count; what Windows calls the event itself", () => {
    const view = seen("windows-sysmon", "1", sysmon);
    expect(["Imphash", "md5", "sha1", "SHA256", "ThreatName", "EventID", "Channel", "Provider_Name"].map((field) => view.values(field)?.[0])).toEqual(["DD", "BB", "AA", "CC", "T", "1", sysmon.Channel, ""]);
    expect(seen("windows-sysmon", "1", { ...sysmon, Hashes: "SHA1=AA" }).values("imphash")).toBeNull();
    expect(seen("windows-system", "104", { EventID: "104", Channel: "System", Provider_Name: "Microsoft-Windows-Eventlog" }).values("Provider_Name")).toEqual(["Microsoft-Windows-Eventlog"]); // as XML and EVTX are read
  });

  test("in 4688 ProcessId is the parent's and NewProcessName the image: the taxonomy's meaning goes first", () => {
    const view = seen("windows-security", "4688", { EventID: 4688, Channel: "Security", NewProcessName: "C:\\a.exe", ProcessId: "0x10", NewProcessId: "0x20", CommandLine: "a" }, { image: "C:\\a.exe", pid: 32, ppid: 16 });
    expect([view.values("Image"), view.values("ProcessId"), view.values("ParentProcessId"), view.values("NewProcessName"), view.values("CommandLine")]).toEqual([["C:\\a.exe"], [32], [16], ["C:\\a.exe"], ["a"]]);
  });

  test("the lines of an audit event are asked together, arguments included; Laurel's form too", () => {
    const lines = seen("linux-auditd", "execve", [{ type: "SYSCALL", exe: "/usr/bin/tar", a0: "55f" }, { type: "EXECVE", a0: "tar", a1: "czf" }]);
    expect([lines.values("type"), lines.values("a0"), lines.values("a1"), lines.values("exe")]).toEqual([["SYSCALL", "EXECVE"], ["55f", "tar"], ["czf"], ["/usr/bin/tar"]]);
    expect(seen("linux-auditd", "execve", [{ type: "SYSCALL", syscall: "59" }], { api_name: "execve" }).values("SYSCALL")).toEqual(["execve"]);
    const laurel = seen("linux-auditd", "execve", { ID: "1:2", SYSCALL: { exe: "/usr/bin/tar" }, EXECVE: { argc: 2, ARGV: ["tar", "czf"] }, PATH: [{ name: "/a" }, { name: "/b" }] });
    expect([laurel.values("type"), laurel.values("a1"), laurel.values("name"), laurel.values("exe")]).toEqual([["SYSCALL", "EXECVE", "PATH", "PATH"], ["czf"], ["/a", "/b"], ["/usr/bin/tar"]]);
  });

  test("cloud records answer by their paths and by the names that Sigma's rules for them use", () => {
    expect(seen("aws-cloudtrail", "X", { userIdentity: { type: "Root" }, requestParameters: { a: 1 } }).values("userIdentity.type")).toEqual(["Root"]);
    expect(seen("entra-id", "Add user", { properties: { activityDisplayName: "Add user", loggedByService: "Core" } }).values("properties.message")).toEqual(["Add user"]);
    expect(seen("entra-id", "SignInLogs", { properties: { status: { errorCode: 50126 } } }).values("ResultType")).toEqual([50126]);
    expect(seen("azure-activity", "X", { operationName: { value: "Microsoft.X/write" } }).values("operationName")).toEqual(["Microsoft.X/write"]);
    expect(seen("gcp", "X", { protoPayload: { methodName: "m" } }).values("gcp.audit.method_name")).toEqual(["m"]);
    expect(seen("gcp", "X", { protoPayload: { methodName: "m" } }).values("data.protoPayload.methodName")).toEqual(["m"]);
    expect(seen("kubernetes", "create/pods", { objectRef: { resource: "pods", apiGroup: "" } }).values("objectRef.resource")).toEqual(["pods"]);
    expect(seen("nsm-zeek", "http", { uri: "/x", host: "h" }).values("cs-host")).toEqual(["h"]);
  });
});

describe("what stays with a rule", () => {
  test("author, licence and references are kept as written", () => {
    const { documents } = parseRuleFile("r.yml", "title: T\nauthor: A, B\nlicense: DRL 1.1\nreferences: [https://example.test]\nlogsource:\n  product: x\ndetection:\n  s: [a]\n  condition: s\n");
    expect(documents[0]?.meta).toMatchObject({ author: "A, B", license: "DRL 1.1", references: ["https://example.test"] });
  });
});
