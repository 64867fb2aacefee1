import { parseRuleFile } from "../../sigma/parse-rule-file";
import type { SigmaRule } from "../../sigma/rule-types";

/** Detections that use each construct of Sigma once, over the fields of process starts: for goldens, and for comparison with the engine. */
export const EXAMPLES: readonly (readonly [name: string, detection: string])[] = [
  ["one whole text", "selection:\n  Image: 'C:\\Windows\\System32\\cmd.exe'\ncondition: selection"],
  ["a list of endings", "selection:\n  Image|endswith:\n    - '\\cmd.exe'\n    - '\\powershell.exe'\ncondition: selection"],
  ["all of several", "selection:\n  CommandLine|contains|all:\n    - ' -enc'\n    - 'hidden'\ncondition: selection"],
  ["beginning, and a whole list", "selection:\n  Image|startswith: 'C:\\Users\\'\n  User:\n    - 'root'\n    - 'admin'\n    - \"O'Brien\"\ncondition: selection"],
  ["selection without filter", "selection:\n  Image|endswith: '\\cmd.exe'\nfilter:\n  ParentImage|endswith: '\\explorer.exe'\ncondition: selection and not filter"],
  ["not one of several filters", "selection:\n  CommandLine|contains: 'http'\nfilter_a:\n  ParentImage: null\nfilter_b:\n  User|startswith: 'svc-'\ncondition: selection and not 1 of filter_*"],
  ["not all of several", "a:\n  User: root\nb:\n  Image|contains: cmd\ncondition: not all of them"],
  ["not of an or", "a:\n  User: root\nb:\n  CommandLine|contains: a\ncondition: not (a or not b)"],
  ["list of maps", "selection:\n  - Image|endswith: '\\reg.exe'\n    CommandLine|contains: ' save '\n  - User: 'root'\ncondition: selection"],
  ["conditions as a list", "a:\n  User: root\nb:\n  User: admin\ncondition:\n  - a\n  - b"],
  ["absent", "selection:\n  ParentImage: null\ncondition: selection"],
  ["empty", "selection:\n  User: ''\ncondition: selection"],
  ["anything", "selection:\n  User: '*'\ncondition: selection"],
  ["there", "selection:\n  ParentImage|exists: true\ncondition: selection"],
  ["not there", "selection:\n  ParentImage|exists: false\ncondition: selection"],
  ["another than", "selection:\n  User|neq: root\ncondition: selection"],
  ["neither of", "selection:\n  User|neq:\n    - root\n    - admin\ncondition: selection"],
  ["wildcards inside", "selection:\n  CommandLine: '*net* user ?? /add*'\ncondition: selection"],
  ["escaped wildcards", "selection:\n  CommandLine|contains:\n    - 'a\\*b'\n    - 'a\\?b'\n    - '100%'\n    - 'x_y'\n    - '!z'\ncondition: selection"],
  ["backslashes", "selection:\n  CommandLine|contains:\n    - '\\\\\\\\srv\\share'\n    - 'ends\\'\ncondition: selection"],
  ["quotes", "selection:\n  CommandLine|contains:\n    - 'say \"hi\"'\n    - \"it's\"\n    - '`x`'\n    - '/s'\ncondition: selection"],
  ["beyond ASCII", "selection:\n  User:\n    - 'JÖRG'\n    - 'straße'\ncondition: selection"],
  ["a letter without a single small form", "selection:\n  User: 'ΟΔΟΣ'\ncondition: selection"],
  ["beyond ASCII, inside", "selection:\n  CommandLine|contains: 'Größe'\ncondition: selection"],
  ["with case", "selection:\n  User|cased: Root\ncondition: selection"],
  ["with case, inside", "selection:\n  CommandLine|contains|cased: 'EnC'\ncondition: selection"],
  ["any dash", "selection:\n  CommandLine|contains|windash: ' -noni'\ncondition: selection"],
  ["expression", "selection:\n  CommandLine|re: '\\s-[eE][nN]?[cC]\\w*\\s+[A-Za-z0-9+/=]{8,}'\ncondition: selection"],
  ["expression bound at both ends", "selection:\n  User|re: '^(?:ro{2}t|adm.n)$'\ncondition: selection"],
  ["expression without case", "selection:\n  Image|re|i: '\\\\(CMD|powershell)\\.exe$'\ncondition: selection"],
  ["expression by lines", "selection:\n  CommandLine|re|m: '^second'\ncondition: selection"],
  ["expression over lines", "selection:\n  CommandLine|re|s: 'first.second'\ncondition: selection"],
  ["expression, dot without lines", "selection:\n  CommandLine|re: 'first.second'\ncondition: selection"],
  ["expression with word ends", "selection:\n  CommandLine|re: '\\bnet\\b'\ncondition: selection"],
  ["a number", "selection:\n  ProcessId: 4688\ncondition: selection"],
  ["numbers", "selection:\n  ProcessId:\n    - 0\n    - -3\n    - 1.5\ncondition: selection"],
  ["a number as text", "selection:\n  ProcessId: '4688'\ncondition: selection"],
  ["order of numbers", "selection:\n  ProcessId|gte: 1000\n  ProcessId|lt: 5000\ncondition: selection"],
  ["not in order", "selection:\n  ProcessId|gt: 10\ncondition: not selection"],
  ["true", "selection:\n  Initiated: true\ncondition: selection"],
  ["range of addresses", "selection:\n  DestinationIp|cidr:\n    - 10.0.0.0/8\n    - 192.168.1.0/24\ncondition: selection"],
  ["range of addresses of version 6", "selection:\n  DestinationIp|cidr: 2001:db8::/32\ncondition: selection"],
  ["outside a range", "selection:\n  DestinationIp|cidr: 10.0.0.0/8\ncondition: not selection"],
  ["another field", "selection:\n  Image|fieldref: ParentImage\ncondition: selection"],
  ["another field at the end", "selection:\n  CommandLine|fieldref|endswith: User\ncondition: selection"],
  ["another field at the beginning", "selection:\n  CommandLine|fieldref|startswith: Image\ncondition: selection"],
  ["another field inside", "selection:\n  CommandLine|fieldref|contains: User\ncondition: selection"],
  ["encoded", "selection:\n  CommandLine|base64offset|contains: 'http'\ncondition: selection"],
  ["encoded in two bytes", "selection:\n  CommandLine|wide|base64offset|contains: 'ping'\ncondition: selection"],
  ["part of a date", "selection:\n  UtcTime|hour|lt: 6\ncondition: selection"],
  ["week of a date", "selection:\n  UtcTime|week: 7\ncondition: selection"],
  ["keywords", "keywords:\n  - 'segfault'\n  - 'out of memory'\ncondition: keywords"],
  ["all keywords", "keywords:\n  '|all':\n    - 'failed'\n    - 'password'\ncondition: keywords"],
  ["keywords with quotes", "keywords:\n  - 'C:\\temp'\n  - 'say \"hi\"'\ncondition: keywords"],
];

export function exampleRule(detection: string, logsource = "  product: windows\n  category: process_creation"): SigmaRule {
  const { documents, refused } = parseRuleFile("example.yml", `title: Example\nlogsource:\n${logsource}\ndetection:\n${detection.replace(/^/gm, "  ")}\n`);
  const [document] = documents;
  if (document?.kind !== "rule") throw new Error(`the example is refused: ${refused[0]?.message ?? "no rule"}`);
  return document;
}
