import { formatCount } from "./format-number";

/** 39400 -> "EUR 39 k"; small amounts whole. currency "": the amount alone. */
export function shortMoney(amount: number, currency: string): string {
  const text = amount >= 1_000_000 ? `${formatCount(amount / 1_000_000, 2)} m` : amount >= 10_000 ? `${formatCount(amount / 1000)} k` : formatCount(amount);
  return currency === "" ? text : `${currency} ${text}`;
}
