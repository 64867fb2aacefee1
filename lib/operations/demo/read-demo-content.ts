import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "@/lib/db/project-root";
import { parseTemplateScript, type TemplateScript } from "@/lib/shared/parse-template-script";
import { demoFleetSchema, demoListsSchema, demoPlanSchema, demoReplaySchema, type DemoFleet, type DemoPlan, type DemoReplay } from "./demo-content";

export interface DemoContent {
  readonly fleet: DemoFleet;
  readonly replay: DemoReplay;
  readonly plan: DemoPlan;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  script(name: string): Promise<TemplateScript>;
  inventory(file: string): Promise<string>;
  query(file: string): Promise<string>;
  layer(file: string): Promise<Uint8Array>;
  broken(file: string): Promise<readonly string[]>;
  rules(): Promise<readonly { readonly path: string; readonly content: Uint8Array }[]>;
}

/** Reads prisma/demo of this project. Scripts and inventories are read when they are asked for, scripts once. */
export async function readDemoContent(folder = join(projectRoot(), "prisma", "demo")): Promise<DemoContent> {
  const text = (...path: string[]) => readFile(join(folder, ...path), "utf8");
  const scripts = new Map<string, TemplateScript>();
  return {
    fleet: demoFleetSchema.parse(JSON.parse(await text("fleet.json"))),
    replay: demoReplaySchema.parse(JSON.parse(await text("replay.json"))),
    plan: demoPlanSchema.parse(JSON.parse(await text("plan.json"))),
    lists: demoListsSchema.parse(JSON.parse(await text("lists.json"))),
    script: async (name) => {
      const known = scripts.get(name) ?? parseTemplateScript(await text("templates", `${name}.txt`));
      scripts.set(name, known);
      return known;
    },
    inventory: (file) => text("inventories", file),
    query: (file) => text("measurements", file),
    layer: (file) => readFile(join(folder, "layers", file)),
    broken: async (file) => (await text(file)).split("\n").filter((line) => line !== ""),
    rules: async () => Promise.all((await readdir(join(folder, "rules"))).sort().map(async (path) => ({ path, content: await readFile(join(folder, "rules", path)) }))),
  };
}
