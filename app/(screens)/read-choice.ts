/** What the address chooses for every page. A malformed number is -1, which no assessment has, so that it is not found rather than ignored. */
export interface Choice {
  readonly assessment: number | null;
  readonly segment: string | null;
}

export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** Reads what the address chooses; nothing chosen is null. */
export async function readChoice(searchParams: SearchParams): Promise<Choice> {
  const { assessment, segment } = await searchParams;
  const number = typeof assessment === "string" ? Number(assessment) : null;
  return { assessment: number === null ? null : Number.isSafeInteger(number) && number > 0 && number < 2 ** 31 ? number : -1, segment: typeof segment === "string" && segment !== "" ? segment : null };
}
