import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { projectRoot } from "@/lib/db/project-root";

/**
 * Authorisation is in the operations, never only in a proxy. This test lists every operation, server action, route and page
 * and fails on one that does not begin as it must; what is none is on a list here, with its reason.
 */
const NOT_OPERATIONS: Readonly<Record<string, string>> = {
  "authorize.ts": "decides for all of them",
  "context.ts": "types",
  "open-context.ts": "makes the context that operations get",
  "job-handlers.ts": "a table: each handler's own operation authorizes",
  "run-jobs.ts": "the loop of the job process: each handler's own operation authorizes",
  "run-job-inline.ts": "the same in the command line's process",
};

/** Pages and routes that show nothing of anybody's data, each with its reason: none so far. */
const OPEN_PAGES: Readonly<Record<string, string>> = {};

const root = projectRoot();
const tree = ["app", "components", "lib"].flatMap((folder) => readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`)).sort();
const files = (pattern: RegExp): string[] => tree.filter((file) => pattern.test(file));
const parse = (file: string): ts.SourceFile => ts.createSourceFile(file, readFileSync(`${root}/${file}`, "utf8"), ts.ScriptTarget.Latest, true);

const isExported = (node: ts.Node): boolean => ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
const firstParameterType = (node: ts.SignatureDeclaration): string => node.parameters[0]?.type?.getText() ?? "";

/** Exported functions whose first parameter is a context (OperationContext, or a part of it): the operations of a file, whatever way they are written. */
function operationsIn(source: ts.SourceFile): { name: string; first: ts.Statement | undefined; context: string }[] {
  return source.statements.filter(isExported).flatMap((statement) => {
    const functions: [string, ts.FunctionLikeDeclaration][] = [];
    if (ts.isFunctionDeclaration(statement)) functions.push([statement.name?.text ?? "default", statement]);
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))) functions.push([name.getText(), initializer]);
      }
    }
    return functions
      .filter(([, declaration]) => /^\w*Context$/.test(firstParameterType(declaration)))
      .map(([name, declaration]) => ({
        name,
        first: declaration.body !== undefined && ts.isBlock(declaration.body) ? declaration.body.statements[0] : undefined,
        context: declaration.parameters[0]?.name.getText() ?? "",
      }));
  });
}

function callsAuthorize(statement: ts.Statement | undefined, context: string): boolean {
  if (statement === undefined || !ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return false;
  const { expression, arguments: given } = statement.expression;
  return expression.getText() === "authorize" && given.length === 3 && given[0]?.getText() === context;
}

/** What is wrong with an operation's file; null when it is sound. */
export function faultOfOperation(file: string, source: ts.SourceFile): string | null {
  const operations = operationsIn(source);
  // A handler takes a JobRun: it must hand its context on to an operation, of this file or another.
  const exportsHandler = source.statements.some((statement) => isExported(statement) && /\bhandler\b/.test(statement.getText().slice(0, 80)));
  if (operations.length === 0 && !exportsHandler) return `${file} exports no operation (a function of an OperationContext): name it in NOT_OPERATIONS with its reason, or move it`;
  const bad = operations.find(({ first, context }) => !callsAuthorize(first, context));
  return bad === undefined ? null : `${file}: ${bad.name} does not begin with authorize(ctx, action, segments)`;
}

/** What is wrong with a page, route or actions file; null when every way in gets its context through app/_adapters. */
export function faultOfEntry(file: string, source: ts.SourceFile): string | null {
  const imports = source.statements.filter(ts.isImportDeclaration);
  const fromAdapters = imports
    .filter((statement) => /_adapters\//.test(statement.moduleSpecifier.getText()))
    .flatMap(({ importClause }) => (importClause?.namedBindings !== undefined && ts.isNamedImports(importClause.namedBindings) ? importClause.namedBindings.elements.filter((e) => !e.isTypeOnly).map((e) => e.name.text) : []));
  const values = imports.map((statement) => statement.moduleSpecifier.getText());
  if (values.some((specifier) => /open-context/.test(specifier))) return `${file} makes a context of its own`;
  for (const statement of source.statements.filter(isExported)) {
    if (!ts.isFunctionDeclaration(statement) || statement.name?.text === "generateMetadata") continue;
    const name = statement.name?.text ?? "default";
    if (!fromAdapters.some((adapter) => new RegExp(`\\b${adapter}\\(`).test(statement.getText()))) return `${file}: ${name} does not get its context through app/_adapters`;
  }
  return null;
}

const operationFiles = files(/^lib\/operations\/[^/]+(?<!\.test)\.ts$/).filter((file) => NOT_OPERATIONS[basename(file)] === undefined);
const entryFiles = files(/^app\/.*(?:(?:^|[/-])actions\.ts|\/route\.ts|\/page\.tsx)$/).filter((file) => OPEN_PAGES[file] === undefined);

describe("every operation authorizes first", () => {
  test.each(operationFiles)("%s", (file) => expect(faultOfOperation(file, parse(file))).toBeNull());

  test("the lists of what is none name files that exist", () => {
    expect(Object.keys(NOT_OPERATIONS).filter((name) => !tree.includes(`lib/operations/${name}`))).toEqual([]);
    expect(Object.keys(OPEN_PAGES).filter((file) => !tree.includes(file))).toEqual([]);
    expect(operationFiles.length).toBeGreaterThan(3);
  });
});

describe("parts of operations", () => {
  test("what takes a context in the folders of lib/operations is reached through an operation only", () => {
    const parts = files(/^lib\/operations\/[^/]+\/.*(?<!\.test)\.ts$/).filter((file) => /\bOperationContext\b|\bJobRun\b/.test(readFileSync(`${root}/${file}`, "utf8")));
    const outside = files(/^(?:app|components|lib\/cli)\/.*(?<!\.test)\.tsx?$/);
    const reached = outside.flatMap((file) => parts.filter((part) => readFileSync(`${root}/${file}`, "utf8").includes(`${part.replace(/\.ts$/, "")}"`)).map((part) => `${file} -> ${part}`));
    expect(reached).toEqual([]);
  });
});

describe("every action, route and page gets its context through app/_adapters", () => {
  test.each(entryFiles)("%s", (file) => expect(faultOfEntry(file, parse(file))).toBeNull());

  test("no file outside app/_adapters declares server actions under another name", () => {
    const strays = files(/^(?:app|components)\/.*\.tsx?$/).filter((file) => /^\s*["']use server["']/m.test(readFileSync(`${root}/${file}`, "utf8")) && !/(^|\/|-)actions\.ts$/.test(file));
    expect(strays).toEqual([]);
  });
});

describe("this test can fail", () => {
  const check = (text: string): string | null => faultOfOperation("x.ts", ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true));
  const entry = (text: string): string | null => faultOfEntry("x/page.tsx", ts.createSourceFile("page.tsx", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));

  test.each([
    "export async function a(ctx: OperationContext) { const x = 1; authorize(ctx, 'job.read', 'none'); return x; }",
    "export async function a(ctx: OperationContext) {}",
    "export const a = async (ctx: OperationContext) => load(ctx);",
    "export async function a(ctx: OperationContext) { authorize(other, 'job.read', 'none'); }",
    "export async function a(ctx: OperationContext) { if (x) authorize(ctx, 'job.read', 'none'); }",
    "export async function a(ctx: OperationContext) { authorize(ctx, 'job.read', 'none'); } export async function b(ctx: OperationContext) { return 1; }",
    "export const nothing = 1;",
  ])("an operation such as %s", (text) => expect(check(text)).not.toBeNull());

  test.each([
    "export default async function Page() { return null; }",
    "import { pageData } from '@/app/_adapters/page-data'; export default async function Page() { return null; }",
    "import type { ActionResult } from '@/app/_adapters/action-result'; export async function save() { return run(); }",
    "import { pageData } from '@/app/_adapters/page-data'; export async function GET() { return pageData(x); } export async function POST() { return 1; }",
    "import { openContext } from '@/lib/operations/open-context'; import { pageData } from '@/app/_adapters/page-data'; export default async function Page() { return pageData(openContext()); }",
  ])("an entry such as %s", (text) => expect(entry(text)).not.toBeNull());

  test("and sound ones pass", () => {
    expect(check("export async function a(ctx: OperationContext) { authorize(ctx, 'job.read', 'none'); return 1; }")).toBeNull();
    expect(entry("import { pageData } from '@/app/_adapters/page-data'; export default async function Page() { return pageData(x); }")).toBeNull();
  });
});
