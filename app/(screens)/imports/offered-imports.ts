/** The kinds of import that have a page. */
export const OFFERED_IMPORTS = ["/imports", "/imports/inventory", "/imports/segments", "/imports/catalog", "/imports/rules"] as const;
