import { lineFormat } from "../record-format";
import { mapWindowsEvent } from "./windows/map-windows-event";
import { parseEventXml } from "./windows/parse-event-xml";

/** Windows events as XML, as Event Viewer, wevtutil and forwarders write them: `<Event>` alone, in `<Events>`, over one line or many. */
export const windowsXml = lineFormat({
  id: "windows-xml",
  label: "Windows events (XML)",
  extensions: [".xml"],
  record: "a Windows event as XML",
  evidence: ["<Event>", "<System>", "<EventID>"],
  isMine: (text) => EVENT.test(text) && !LINUX.test(text),
  map: (text, limits) => {
    if (!EVENT.test(text)) return null;
    const event = parseEventXml(text, limits.maxDepth);
    if (event === null || "refuse" in event) return event;
    return [{ ...mapWindowsEvent(event.view, limits.zone), native: event.native }];
  },
});

const EVENT = /^<Event(?:\s[^<>]*)?>\s*<System[\s>]/;
const LINUX = /<Provider Name=["']Linux-Sysmon["']/;
