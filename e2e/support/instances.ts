const VARIABLE = "SIGHTLINE_E2E_INSTANCES";

/** The servers of one run: addresses with start token, and the data folder of the empty one. */
export interface Instances {
  readonly demo: string;
  readonly empty: string;
  readonly emptyData: string;
}

/** Tells the test processes, which inherit the environment, where the servers of this run are. Two runs at once do not meet. */
export function announceInstances(instances: Instances): void {
  process.env[VARIABLE] = JSON.stringify(instances);
}

/** @throws Error when the global setup has not run */
export function instances(): Instances {
  const value: unknown = JSON.parse(process.env[VARIABLE] ?? "null");
  if (typeof value !== "object" || value === null || !("demo" in value) || !("empty" in value) || !("emptyData" in value)) {
    throw new Error(`${VARIABLE} does not name the servers of this run`);
  }
  return { demo: String(value.demo), empty: String(value.empty), emptyData: String(value.emptyData) };
}
