"use client";
import { parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from "nuqs";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const off = parseAsBoolean.withDefault(false);

/** Everything that the matrix shows stands in the address. What it is of is the server's (segment, against, domain, overlay, whatif), the rest is read here alone. */
const PARAMETERS = {
  q: parseAsString.withDefault(""),
  platform: parseAsString,
  status: many,
  flag: many,
  component: many,
  rule: many,
  differs: many,
  layer: many, // how the layer that is laid over stands beside what is proven
  layers: off, // the dialog of layers
  groups: many, // ids of overlays
  only: off, // techniques of the chosen groups alone
  gaining: off, // techniques alone that a choice would add to
  subs: off, // every technique open
  open: many, // techniques that are open by themselves
  numbers: parseAsBoolean.withDefault(true),
  all: off, // techniques too of which nothing applies
  view: parseAsString.withDefault("matrix"),
  sort: parseAsString.withDefault("id"),
  cell: parseAsString, // T1204~TA0002: what the panel speaks of
};

export const NO_FILTER = { q: null, platform: null, status: null, flag: null, component: null, rule: null, differs: null, layer: null, only: null, gaining: null } as const;

/** The part of the address that the matrix reads without asking the server again. */
export function useMatrixState() {
  return useQueryStates(PARAMETERS, { history: "replace", shallow: true });
}

export type MatrixState = ReturnType<typeof useMatrixState>[0];
export type SetMatrixState = ReturnType<typeof useMatrixState>[1];
