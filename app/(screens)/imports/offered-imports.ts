/** The kinds of import that have a page. */
export const OFFERED_IMPORTS = ["/imports", "/imports/catalog"] as const;
