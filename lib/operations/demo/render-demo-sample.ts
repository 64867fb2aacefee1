import { expandPattern } from "@/lib/shared/expand-pattern";
import { playTemplateScript } from "@/lib/shared/play-template-script";
import { parseDuration } from "@/lib/shared/template-time";
import type { DemoSample } from "./demo-content";
import type { DemoContent } from "./read-demo-content";

const ZEEK_FIELDS = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents";
const ZEEK_TYPES = "time string addr port addr port enum string interval count count string bool bool count string count count count count set[string]";
const tabbed = (text: string) => text.replaceAll(" ", "\t");

const FRAMES: Readonly<Record<DemoSample["framing"], { head: string; between: string; tail: string }>> = {
  lines: { head: "", between: "\n", tail: "\n" },
  records: { head: '{"Records":[\n', between: ",\n", tail: "\n]}\n" },
  "zeek-conn": {
    head: ["#separator \\x09", "#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-", "#path\tconn", `#fields\t${tabbed(ZEEK_FIELDS)}`, `#types\t${tabbed(ZEEK_TYPES)}`, ""].join("\n"),
    between: "\n",
    tail: "\n",
  },
};
const CHUNK = 65_536;

/**
 * The text of one sample file, in pieces, with times relative to t0 (ms). The same t0 gives the same bytes: importing the
 * demonstration twice meets the same files.
 */
export async function* renderDemoSample(content: DemoContent, sample: DemoSample, t0: number): AsyncGenerator<Uint8Array> {
  const frame = FRAMES[sample.framing];
  const broken = sample.broken === undefined ? [] : await content.broken(sample.broken);
  const records = playTemplateScript({
    seed: `${content.replay.seed}/${sample.file}`,
    script: await content.script(sample.template),
    lists: content.lists,
    unitNames: sample.hosts.flatMap(expandPattern),
    constants: sample.constants,
    plan: sample.plan,
    fromMs: t0 + parseDuration(sample.from),
    toMs: t0 + parseDuration(sample.to),
  });
  let text = frame.head;
  let count = 0;
  for (const record of records) {
    if (count > 0) text += frame.between;
    const damaged = count % 97 === 41 ? broken[Math.floor(count / 97)] : undefined;
    if (damaged !== undefined) text += damaged + frame.between;
    text += record.text;
    count += 1;
    if (text.length >= CHUNK) {
      yield Buffer.from(text, "utf8");
      text = "";
    }
  }
  yield Buffer.from(text + frame.tail, "utf8");
}
