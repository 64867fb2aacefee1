"use client";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogContent, DialogRoot } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useSingleKey, useSingleKeys } from "./single-keys";

const KEYS: readonly (readonly [keys: readonly string[], says: string])[] = [
  [["⌘K", "Ctrl K"], "Go to an analytic, technique, segment or action"],
  [["/"], "Filter the table"],
  [["j", "k"], "Next and previous row"],
  [["↵"], "Open the selected row"],
  [["esc"], "Close, or leave the filter"],
  [["?"], "This list"],
];

/** The list of keys, on "?". */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  const [on, setOn] = useSingleKeys();
  useSingleKey((key) => {
    if (key === "?") setOpen(true);
  });
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogContent title="Keyboard" className="w-[min(420px,calc(100vw-24px))]">
        <dl className="px-4 py-2">
          {KEYS.map(([keys, says]) => (
            <div key={says} className="flex items-center gap-3 border-b py-1.5 last:border-0">
              <dt className="flex w-24 shrink-0 gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd className="text-ink-2">{says}</dd>
            </div>
          ))}
        </dl>
        <div className="border-t bg-surface-2 px-3 py-2">
          <Checkbox checked={on} onChange={(event) => setOn(event.target.checked)}>
            Keys without ⌘ or Ctrl are on
          </Checkbox>
        </div>
      </DialogContent>
    </DialogRoot>
  );
}
