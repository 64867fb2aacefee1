import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** A verb: adds its command (with its sub-verbs) to the program. */
export interface VerbModule {
  register(program: Command, io: CliIo): void;
}

/** Every first word of the command line, in the order of --help, and the module that does it; loaded only when asked for. */
export const VERBS: Readonly<Record<string, () => Promise<VerbModule>>> = {
  catalog: () => import("./catalog"),
  segments: () => import("./segments"),
  inventory: () => import("./inventory"),
  "query-pack": () => import("./query-pack"),
  events: () => import("./events"),
  watch: () => import("./watch"),
  assess: () => import("./assess"),
  cells: () => import("./cells"),
  report: () => import("./report"),
  gaps: () => import("./gaps"),
  compare: () => import("./compare"),
  trend: () => import("./trend"),
  "release-effect": () => import("./release-effect"),
  alerts: () => import("./alerts"),
  rollups: () => import("./rollups"),
  plan: () => import("./plan"),
  targets: () => import("./targets"),
  policy: () => import("./policy"),
  weights: () => import("./weights"),
  exclusions: () => import("./exclusions"),
  resolutions: () => import("./resolutions"),
  tests: () => import("./tests"),
  tuning: () => import("./tuning"),
  rules: () => import("./rules"),
  links: () => import("./links"),
  siem: () => import("./siem"),
  packs: () => import("./packs"),
  detect: () => import("./detect"),
  explain: () => import("./explain"),
  demo: () => import("./demo"),
  evidence: () => import("./evidence"),
  navigator: () => import("./navigator"),
  gate: () => import("./gate"),
  audit: () => import("./audit"),
  serve: () => import("./serve"),
  "run-jobs": () => import("./run-jobs"),
};
