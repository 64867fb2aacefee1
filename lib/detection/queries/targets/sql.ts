import type { SigmaLogsource } from "../../sigma/rule-types";
import { correlateSql } from "../correlations/correlate-sql";
import type { BoundSource } from "../bind-source";
import { printLines } from "../print-predicate";
import type { QuerySource } from "../query-sources";
import type { Dialect, Predicate } from "../query-types";
import { athena as athenaFlavour } from "./sql-athena";
import { postgresql as postgresqlFlavour } from "./sql-postgresql";
import { sqlDialect, sqlName, type SqlFlavour } from "./sql-dialect";
import type { QueryTarget } from "./target";

/** Nobody knows what tables people have: one per logsource is asked for, with columns named as the rule names fields. */
function ownTable({ product, category, service }: SigmaLogsource): QuerySource {
  const name = [product, category, service].flatMap((one) => (one === null ? [] : [one.replace(/\W+/g, "_")])).join("_").toLowerCase();
  return { id: "table", label: "table", from: sqlName(name === "" ? "events" : name), logsources: {}, fields: { "sightline.host": "Computer" }, same: "", rest: "same", numbers: "", codes: "", analysed: "", booleans: "", addresses: "", text: null, escaped: false, time: "event_time" };
}

function sqlQuery(predicate: Predicate, source: BoundSource, dialect: Dialect): string {
  return `SELECT *\nFROM ${source.from}\nWHERE ${printLines(predicate, dialect, source)}`;
}

function target(id: "postgresql" | "athena", flavour: SqlFlavour, longest: number | null): QueryTarget {
  return {
    id,
    label: `${flavour.label} (SQL)`,
    extension: "sql",
    about: ["The table holds one row per record of the rule's logsource, null where a record lacks a field; its columns are named as the rule names fields, unless the option fields says otherwise, and are texts, unless the option numbers names them."],
    dialect: () => sqlDialect(flavour),
    name: sqlName,
    fallback: ownTable,
    render: sqlQuery,
    correlate: (plan) => correlateSql(plan, sqlDialect(flavour), flavour.textType),
    longest,
  };
}

export const postgresql = target("postgresql", postgresqlFlavour, null);
/** Athena takes statements of 262,144 bytes. */
export const athena = target("athena", athenaFlavour, 262_144);
