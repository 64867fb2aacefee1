/** One line of an ESXi host or of vCenter's services, taken apart; null when it has none of the shapes. */
export interface EsxiLine {
  readonly time: string; // always UTC with Z
  readonly host: string | null; // only lines sent over the network name it
  readonly program: string; // as written: Hostd, hostd, vmkernel, shell, sshd ...
  readonly pid: string | null;
  readonly marked: boolean; // a mark that only VMware writes: a severity like In(14), [Originator@6876 ...], cpu3:...)
  readonly origin: ReadonlyMap<string, string>; // sub, opID, user ... of [Originator@6876 ...]
  readonly message: string;
}

const HEAD = /^(?:<(\d{1,3})>)?(1 )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z):?\s*(.*)$/s;
const NOTHING: ReadonlyMap<string, string> = new Map();

/**
 * The shapes, oldest first: "<pri>time host Hostd: text" over the network; "time info hostd[1] [Originator@6876 sub=...] text"
 * (hostd, vpxa, vpxd), "time cpu3:1)text" (vmkernel), "time shell[1]: text", "time: [correlator] text" (vobd) in ESXi 7's
 * files; "time In(14) vobd[1]: text" in ESXi 8's; RFC 5424 over the network where 8 is told so.
 * Source: VMware, "ESXi Log Message Formats", and files of both releases as quoted in Broadcom's knowledge base.
 */
export function readLine(line: string): EsxiLine | null {
  const head = HEAD.exec(line);
  if (head === null) return null;
  const [, , version, time = "", rest = ""] = head;
  const found = version === undefined ? local(rest) ?? remote(rest) : structured(rest);
  if (found === null) return null;
  const inner = service(found.message);
  return { time, ...found, ...(inner ?? {}), marked: found.marked || inner !== null, origin: inner?.origin ?? originOf(found.message), message: withoutOrigin(inner?.message ?? found.message) };
}

type Part = Omit<EsxiLine, "time">;

function local(rest: string): Part | null {
  const eight = /^(?:Em|Al|Cr|Er|Wa|No|In|Db)\(\d{1,3}\)\+? ([A-Za-z][\w.-]*)(?:\[(\w+)\])?:\s*(.*)$/s.exec(rest);
  if (eight !== null) return { host: null, program: eight[1] ?? "", pid: eight[2] ?? null, marked: true, origin: NOTHING, message: eight[3] ?? "" };
  const own = service(rest);
  if (own !== null) return { host: null, program: own.program, pid: own.pid, marked: true, origin: own.origin, message: rest };
  if (/^(?:WARNING: |ALERT: )?cpu\d+:\d+/.test(rest)) return { host: null, program: "vmkernel", pid: null, marked: true, origin: NOTHING, message: rest };
  if (/^\[\w+Correlator\] /.test(rest)) return { host: null, program: "vobd", pid: null, marked: true, origin: NOTHING, message: rest };
  const seven = /^([A-Za-z][\w.-]*)(?:\[(\d+)\])?:\s+(.*)$/s.exec(rest);
  return seven === null ? null : { host: null, program: seven[1] ?? "", pid: seven[2] ?? null, marked: false, origin: NOTHING, message: seven[3] ?? "" };
}

function remote(rest: string): Part | null {
  const sent = /^([A-Za-z0-9][\w.:-]*) ([A-Za-z][\w.-]*)(?:\[(\w+)\])?:\s+(.*)$/s.exec(rest);
  return sent === null ? null : { host: sent[1] ?? null, program: sent[2] ?? "", pid: sent[3] ?? null, marked: false, origin: NOTHING, message: sent[4] ?? "" };
}

function structured(rest: string): Part | null {
  const sent = /^(\S+) (\S+) (\S+) (\S+) (.*)$/s.exec(rest);
  if (sent === null) return null;
  const [, host, program = "", pid, , tail = ""] = sent;
  return { host: host === "-" ? null : (host ?? null), program, pid: pid === "-" ? null : (pid ?? null), marked: tail.includes("@6876"), origin: NOTHING, message: tail.replace(/^- /, "") };
}

/** "info hostd[2099371] [Originator@6876 sub=... opID=... user=root] text", which also stands inside a line that was sent. */
function service(text: string): Pick<EsxiLine, "program" | "pid" | "origin" | "message"> | null {
  const found = /^(?:panic|error|warning|info|verbose|trivia) ([a-z][\w-]*)\[(\w+)\] (\[Originator@6876[^\]]*\])?\s*(.*)$/s.exec(text);
  return found === null ? null : { program: found[1] ?? "", pid: found[2] ?? null, origin: originOf(found[3] ?? ""), message: found[4] ?? "" };
}

function originOf(text: string): ReadonlyMap<string, string> {
  const found = /^\[[\w.]*@6876([^\]]*)\]/.exec(text);
  return found === null ? NOTHING : new Map([...(found[1] ?? "").matchAll(/([\w-]{1,40})=(?:"([^"]*)"|(\S+))/g)].map((match) => [match[1] ?? "", match[2] ?? match[3] ?? ""]));
}

function withoutOrigin(text: string): string {
  return text.replace(/^\[[\w.]*@6876[^\]]*\]\s*/, "");
}
