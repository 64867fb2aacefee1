// The fence. The house, bottom first: each layer lists the lib layers it may import. scripts/fence.test.ts plants faults against it.
const PURE_DOMAINS = ["catalog", "telemetry", "inventory", "events", "detection", "assessment", "gaps", "alerts", "reports", "evidence"];
const LAYERS = {
  shared: [],
  db: [],
  files: [],
  audit: [],
  jobs: [],
  catalog: [],
  telemetry: ["catalog"],
  inventory: ["catalog", "telemetry"],
  events: ["catalog", "telemetry"],
  detection: ["catalog", "telemetry", "events"],
  assessment: ["catalog", "telemetry", "inventory", "events", "detection"],
  gaps: ["catalog", "telemetry", "inventory", "events", "detection", "assessment"],
  alerts: ["catalog", "telemetry", "inventory", "events", "detection", "assessment", "gaps"],
  reports: ["catalog", "telemetry", "inventory", "events", "detection", "assessment", "gaps", "alerts"],
  evidence: ["catalog", "telemetry", "inventory", "events", "detection", "assessment", "gaps", "alerts", "reports"],
  workers: PURE_DOMAINS,
  operations: [...PURE_DOMAINS, "files", "db", "audit", "jobs", "workers"],
  cli: [...PURE_DOMAINS, "operations", "files"],
  api: [...PURE_DOMAINS, "operations", "jobs"],
};
// What stands beneath every layer; who may really use the database is the next rule's business.
const BENEATH = ["shared", "db"];
const TEST = "\\.(test|db\\.test)\\.tsx?$|/__fixtures__/|/testing/";

const layer = ([name, below]) => ({
  name: `layer-${name}`,
  severity: "error",
  from: { path: `^lib/${name}/`, pathNot: "/testing/" },
  to: { path: "^(lib|app|components)/", pathNot: `^lib/(${[name, ...BENEATH, ...below].join("|")})/` },
});

module.exports = {
  forbidden: [
    ...Object.entries(LAYERS).map(layer),
    {
      name: "only-stores-touch-the-db",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: `^lib/(db|audit|jobs|files|operations)/|/store\\.ts$|${TEST}` },
      to: { path: "^lib/db/|@prisma/client|node_modules/pg/" },
    },
    {
      name: "only-operations-call-stores",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: `^lib/operations/|${TEST}` },
      to: { path: "/store\\.ts$" },
    },
    {
      name: "app-is-thin",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: { path: "^lib/", pathNot: "^lib/(operations|shared|api)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-only-draw",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: { path: "^(lib|app)/", pathNot: "^lib/shared/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "core-is-pure",
      severity: "error",
      from: { path: `^lib/(shared|${PURE_DOMAINS.join("|")})/`, pathNot: `/store\\.ts$|${TEST}` },
      to: { path: "^(node:)?(fs|fs/promises|http|https|net|child_process|worker_threads|os)$|node_modules/(next|react|react-dom)/" },
    },
    {
      // What tests share (a database with a whole context) may look up; the product may not look at it.
      name: "testing-is-for-tests",
      severity: "error",
      from: { path: "^(lib|app|components)/", pathNot: TEST },
      to: { path: "/testing/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated/internal" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "types", "default"] },
  },
};
