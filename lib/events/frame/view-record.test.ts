import { expect, test } from "vitest";
import { viewRecord, type View } from "./view-record";

const look = (view: View) => viewRecord(view, 64);
const inside = (view: View) => look(view).views.at(-1);

test("wrappers around wrappers are all looked through, outermost first", () => {
  const event = { eventName: "X" };
  const line = `<34>1 2026-02-03T10:00:00Z relay app - - - ${JSON.stringify(event)}`;
  const found = look({ json: { preview: false, result: { _raw: line, host: "splunk-host" } } });
  expect(found.peeled).toEqual(["Splunk result", "Splunk event (_raw)", "syslog header"]);
  expect(found.views).toHaveLength(5);
  expect(found.views.at(-1)).toEqual({ json: event });
  expect(found.host).toBe("relay"); // the innermost that says so
});

test("syslog headers of both ages, a relay's without a tag, and a container runtime's are taken off", () => {
  const cef = "CEF:0|V|P|1|100|n|5|";
  expect(inside({ text: `<134>Feb  3 10:00:00 fw-1 ${cef}` })).toEqual({ text: cef });
  expect(inside({ text: `<134>1 2026-02-03T10:00:00.1+01:00 fw-1 app 12 ID47 [a@1 k="v \\"] "][b] ${cef}` })).toEqual({ text: cef });
  expect(inside({ text: `2026-02-03T10:00:00.000000+00:00 web sysmon: <Event></Event>` })).toEqual({ text: "<Event></Event>" });
  expect(inside({ text: `2026-02-03T10:00:00.1Z stdout F {"a":1}` })).toEqual({ json: { a: 1 } });
  expect(inside({ text: `@cee: {"a":1}` })).toEqual({ json: { a: 1 } });
});

test("a text that is no header stays whole", () => {
  for (const text of ["type=SYSCALL msg=audit(1.0:1): a=b", "Nothing here: at all", "<Event><System/></Event>", "10.0.0.1 - - [x] GET"]) expect(look({ text }).views).toEqual([{ text }]);
});

test("what an Azure envelope says stays beside its properties, which win", () => {
  expect(inside({ json: { time: "t", category: "SignInLogs", operationName: "o", properties: { id: 1, time: "inner" } } })).toEqual({ json: { category: "SignInLogs", operationName: "o", id: 1, time: "inner" } });
});

test("a text with a key that would reach a prototype, or too deep, is left as text", () => {
  expect(inside({ json: { message: '{"__proto__":{"a":1}}' } })).toEqual({ text: '{"__proto__":{"a":1}}' });
  expect(viewRecord({ json: { message: `{"a":${"[".repeat(9)}${"]".repeat(9)}}` } }, 5).views.at(-1)).toHaveProperty("text");
});

test("wrappers nested without end stop somewhere", () => {
  let text = "x";
  for (let i = 0; i < 20; i += 1) text = JSON.stringify({ message: text });
  expect(look({ text }).views.length).toBeLessThan(10);
});
