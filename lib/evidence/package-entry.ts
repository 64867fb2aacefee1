/** One file of the package. content is made when its turn comes, once, and after all entries before it. */
export interface PackageEntry {
  readonly path: string; // with slashes; letters, digits, dots, hyphens
  readonly content: () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** What was written of an entry. */
export interface WrittenEntry {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}
