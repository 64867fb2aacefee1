import type { ErrorCode } from "./errors";

const STATUS: Readonly<Record<ErrorCode, number>> = {
  INVALID: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  CANCELLED: 409,
  TOO_LARGE: 413,
  UNSUPPORTED: 415,
  UNAVAILABLE: 503,
};

/** The HTTP status that says what an error code says. */
export function httpStatusOf(code: ErrorCode): number {
  return STATUS[code];
}
