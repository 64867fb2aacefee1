type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string };

/** Starts a job; data is its id. */
export type StartAction<T> = (fields: T) => Promise<Answer<string>>;

/** A file that the server keeps already. */
export interface SentSample {
  readonly digest: string;
  readonly bytes: number;
  readonly fileName: string;
}

/** What the dialog asks to be attached; segment by id, host "" where records name theirs. */
export interface TestFields {
  readonly analytic: string;
  readonly segment: string;
  readonly origin: string;
  readonly host: string;
  readonly positive: SentSample;
  readonly negative: SentSample;
}

/** What the tests of an analytic can be asked to do. */
export interface TestActions {
  readonly attach: StartAction<TestFields>;
  readonly run: StartAction<{ readonly test: string }>;
  readonly remove: (test: string) => Promise<Answer<null>>;
}
