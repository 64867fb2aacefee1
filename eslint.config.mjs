import coreWebVitals from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const PURE = ["catalog", "telemetry", "inventory", "events", "detection", "assessment", "gaps", "reports", "evidence"];

/** Where no React stands: its rules find nothing there, and analysing a hundred thousand lines for them took half of the lint's time. */
const PLAIN = ["lib/**/*.ts", "e2e/**/*.ts", "scripts/**", "prisma/**"];
const OF_PAGES = /^(?:react|react-hooks|jsx-a11y|@next\/next)\//;
const pageRules = [...new Set(coreWebVitals.flatMap(({ rules }) => Object.keys(rules ?? {})))].filter((name) => OF_PAGES.test(name));

const config = [
  { ignores: ["node_modules/", ".next/", "lib/db/generated/", "playwright-report/", "test-results/", ".cache/", "next-env.d.ts"] },
  ...coreWebVitals,
  ...typescript,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
      eqeqeq: "error",
    },
  },
  { files: ["**/*.test.ts", "**/*.test.tsx", "e2e/**"], rules: { "max-lines": "off" } },
  {
    files: PLAIN,
    rules: {
      ...Object.fromEntries(pageRules.map((name) => [name, "off"])),
      "no-restricted-imports": ["error", { paths: ["react", "react-dom"].map((name) => ({ name, message: "React stands in app and components, where its rules are applied." })) }],
    },
  },
  {
    // The pure core takes time, randomness and bytes as arguments. Imports are the fence's business; globals are this rule's.
    files: PURE.map((folder) => `lib/${folder}/**/*.ts`),
    ignores: ["**/store.ts", "**/*.test.ts"],
    rules: {
      "no-restricted-globals": ["error", "fetch", "setTimeout", "setInterval", "process"],
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: "Time is an argument in the pure core." },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time is an argument in the pure core." },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: "Randomness is an argument in the pure core." },
      ],
    },
  },
];

export default config;
