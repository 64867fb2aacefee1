"use client";
import { Crosshair } from "lucide-react";
import { useMemo, useState } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { PopoverContent, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import type { MatrixOverlay } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";

const SHOWN = 60;

/** Lays threat groups over the matrix: what they use is marked, or is all that stays. */
export function GroupPicker({ overlays, chosen, only, onChoose, onOnly }: { overlays: readonly MatrixOverlay[]; chosen: readonly string[]; only: boolean; onChoose: (ids: readonly string[]) => void; onOnly: (only: boolean) => void }) {
  const [text, setText] = useState("");
  const found = useMemo(() => {
    const words = text.trim().toLowerCase();
    return overlays.filter(({ id, name, aliases }) => chosen.includes(id) || words === "" || [id, name, ...aliases].some((word) => word.toLowerCase().includes(words))).sort((a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)) || b.techniques.length - a.techniques.length || (a.name < b.name ? -1 : 1));
  }, [overlays, chosen, text]);
  return (
    <PopoverRoot>
      <PopoverTrigger asChild>
        <Button>
          <Crosshair size={14} aria-hidden />
          Groups{chosen.length > 0 ? ` ${chosen.length}` : ""}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="flex w-80 flex-col gap-2" aria-label="Threat groups">
        {overlays.length === 0 ? (
          <div className="text-sm text-ink-2">
            <p className="mb-2 text-pretty">The catalogue of this assessment holds no threat groups. MITRE’s full bundle has them; the detection part and the starter catalogue do not.</p>
            <Button asChild>
              <KeptLink href="/imports/catalog">Import a catalog</KeptLink>
            </Button>
          </div>
        ) : (
          <>
            <input value={text} onChange={(event) => setText(event.target.value)} placeholder="Group or alias" aria-label="Find a group" className="h-7 w-full rounded-md border border-line-2 bg-surface-2 px-2 text-sm" />
            <div className="max-h-72 overflow-y-auto" role="group" aria-label="Groups">
              {found.slice(0, SHOWN).map(({ id, name, aliases, techniques }) => (
                <Checkbox key={id} checked={chosen.includes(id)} onChange={(event) => onChoose(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))}>
                  <span className="min-w-0 flex-1 truncate" title={[`${id} ${name}`, ...aliases].join(", ")}>
                    {name}
                  </span>
                  <span className="text-xs whitespace-nowrap text-ink-3">{counted(techniques.length, "technique")}</span>
                </Checkbox>
              ))}
              {found.length > SHOWN ? <p className="px-1 py-1 text-xs text-ink-3">{formatCount(found.length - SHOWN)} more by name</p> : null}
              {found.length === 0 ? <p className="px-1 py-1 text-xs text-ink-3">No group by that name.</p> : null}
            </div>
            <Checkbox checked={only} disabled={chosen.length === 0} onChange={(event) => onOnly(event.target.checked)}>
              only what they use
            </Checkbox>
          </>
        )}
      </PopoverContent>
    </PopoverRoot>
  );
}
