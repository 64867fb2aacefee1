import type { z } from "zod";
import { sayFaults } from "./say-fault";

export interface RequestFault {
  readonly field: string; // its path, parts joined by dots; "" for the whole
  readonly message: string;
}

/** A request that does not fit the document: what is wrong with which field. Answered with 400. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(readonly faults: readonly RequestFault[]) {
    super(faults.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; "));
  }

  static of(error: z.ZodError): RequestError {
    return new RequestError(error.issues.flatMap(sayFaults));
  }
}
