import { Table, Td, Th } from "@/components/ui/table";
import type { Loss, Refusal } from "@/lib/inventory/types";
import { formatCount } from "@/lib/shared/format-number";

const SHOWN = 200;

/** Every row that was refused: where it stands, why, and what to do. of: the file, which names the list. */
export function RefusalList({ refused, of }: { refused: readonly Refusal[]; of: string }) {
  if (refused.length === 0) return null;
  return (
    <Table label={`Refused rows of ${of}`}>
      <thead>
        <tr>
          <Th number>Line</Th>
          <Th>Field</Th>
          <Th>Why it was refused</Th>
          <Th>What to do</Th>
        </tr>
      </thead>
      <tbody>
        {refused.slice(0, SHOWN).map((refusal, index) => (
          <tr key={index}>
            <Td number>{refusal.line ?? refusal.row}</Td>
            <Td className="font-mono text-xs">{refusal.field}</Td>
            <Td className="text-attn">{refusal.message}</Td>
            <Td className="text-ink-2">{refusal.remedy}</Td>
          </tr>
        ))}
        {refused.length > SHOWN ? (
          <tr>
            <Td colSpan={4} className="text-ink-3">
              and {formatCount(refused.length - SHOWN)} more, in the import&apos;s record once it is applied
            </Td>
          </tr>
        ) : null}
      </tbody>
    </Table>
  );
}

const LOSS_WORDS = { dropped: "not carried over", changed: "changed", unused: "kept, not used", off: "off, as the file says" } as const;

/** What could not be carried over, so that nobody believes it was. */
export function LossList({ losses }: { losses: readonly Loss[] }) {
  if (losses.length === 0) return null;
  return (
    <div className="border-t px-4 py-3">
      <h3 className="pb-1 font-medium">What is not carried over</h3>
      <ul className="flex flex-col gap-1">
        {losses.map((loss, index) => (
          <li key={index} className="flex gap-2">
            <span className="w-28 shrink-0 text-xs leading-5 text-ink-3">{LOSS_WORDS[loss.kind]}</span>
            <span className="min-w-0">
              {loss.text} {loss.count > 1 ? <span className="text-xs text-ink-3">{formatCount(loss.count)} times</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
