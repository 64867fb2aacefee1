import { lineFormat } from "../record-format";
import { mapWindowsEvent } from "./windows/map-windows-event";
import { parseEventXml } from "./windows/parse-event-xml";

/** Sysmon for Linux: the XML of an event behind a syslog header, or in a journal's MESSAGE. Same event numbers and names as on Windows. */
export const sysmonLinux = lineFormat({
  id: "sysmon-linux",
  label: "Sysmon for Linux",
  extensions: [".log", ".xml", ".json"],
  record: "an event of Sysmon for Linux",
  evidence: ["<Event>", "Provider Linux-Sysmon"],
  isMine: (text) => EVENT.test(text),
  map: (text, limits) => {
    const event = parseEventXml(text, limits.maxDepth);
    if (event === null || "refuse" in event) return event;
    return [{ ...mapWindowsEvent(event.view, limits.zone), native: event.native }];
  },
});

const EVENT = /^<Event(?:\s[^<>]*)?>\s*<System>\s*<Provider Name=["']Linux-Sysmon["']/;
