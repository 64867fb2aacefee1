"use client";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/shared/format-number";

/** Rows of a table, of which the first stand there at once and the others after a press. columns: how many the table has. */
export function MoreRows({ rows, first, columns }: { rows: readonly ReactNode[]; first: number; columns: number }) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : rows.length - first;
  // A single one more is not worth hiding.
  if (hidden <= 1) return <>{rows}</>;
  return (
    <>
      {rows.slice(0, first)}
      <tr>
        <td colSpan={columns} className="border-t px-2 py-1">
          <Button variant="ghost" onClick={() => setAll(true)}>
            Show all {formatCount(rows.length)}
          </Button>
        </td>
      </tr>
    </>
  );
}
