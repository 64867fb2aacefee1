import type { MatrixTactic, MatrixScope } from "@/lib/reports/matrix-view";
import { formatCount } from "@/lib/shared/format-number";
import { sayNumber } from "./cell-words";
import type { ScopeNumbers } from "./read-numbers";
import { countBar } from "./sub-bar";

export const HEAD_HEIGHT = 50;

/** The head of a column: its cells by status over distinct techniques, and how many of them are observed. Two scopes have a bar each. */
export function MatrixHead({ tactic, position, numbers, scopes, shown }: { tactic: MatrixTactic; position: number; numbers: readonly ScopeNumbers[]; scopes: readonly MatrixScope[]; shown: number }) {
  const found = numbers.map((scope) => scope.tactic(position));
  const said = tactic.external ? "external: it happens outside any fleet" : found.map((number, index) => `${scopes.length > 1 ? `${scopes[index]?.name ?? ""}: ` : ""}${sayNumber(number)}`).join(". ");
  return (
    <div title={`${tactic.id} ${tactic.name}: ${said}`} className="flex h-full flex-col justify-center gap-0.5 px-0.5">
      <span className="truncate text-xs leading-4 font-semibold tracking-[-0.02em]">
        {tactic.name}
        <span className="font-normal text-ink-3"> {tactic.external ? "external" : shown === 0 ? "no match" : ""}</span>
      </span>
      <span className="sr-only">{said}</span>
      {found.map((number, index) =>
        number === undefined ? null : (
          <span key={index} aria-hidden className="flex items-center gap-2 text-xs leading-[14px]">
            <span className="min-w-0 flex-1 rounded-[2px]" style={{ height: found.length > 1 ? 4 : 6, background: countBar(number.counts) }} />
            <span className="font-medium">
              {formatCount(number.k)}
              <span className="font-normal text-ink-3">/{formatCount(number.n)}</span>
            </span>
          </span>
        ),
      )}
    </div>
  );
}
