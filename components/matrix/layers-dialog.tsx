"use client";
import { Download, Layers } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { ImportLayer } from "./import-layer";
import { LayerList } from "./layer-list";
import type { LayerActions } from "./layer-actions";

const MANY = 8; // segments from which on they are searched

export interface LayersDialogProps {
  readonly view: MatrixView;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly chosen: string | null; // id of the layer that is laid over
  readonly onChoose: (id: string | null) => void;
  readonly actions: LayerActions;
}

/** Layers of ATT&CK Navigator: ours to take away, somebody's to keep and to lay over the matrix. */
export function LayersDialog({ view, open, onOpen, chosen, onChoose, actions }: LayersDialogProps) {
  return (
    <DialogRoot open={open} onOpenChange={onOpen}>
      <DialogTrigger asChild>
        <Button>
          <Layers size={14} aria-hidden />
          Layers{chosen === null ? "" : " 1"}
        </Button>
      </DialogTrigger>
      <DialogContent title="Navigator layers" description="Format 4.5 of ATT&CK Navigator. Somebody’s layer is compared with; it proves nothing and enters no number." className="w-[min(680px,calc(100vw-24px))]">
        <section className="px-4 pt-3">
          <h3 className="mb-1.5">Somebody’s layers</h3>
          <ImportLayer domain={view.domain} onImported={onChoose} />
          <LayerList layers={view.layers} domain={view.domain} chosen={chosen} onChoose={onChoose} remove={actions.remove} />
        </section>
        <TakeAway view={view} />
      </DialogContent>
    </DialogRoot>
  );
}

function TakeAway({ view }: { view: MatrixView }) {
  const [text, setText] = useState("");
  const words = text.trim().toLowerCase();
  const found = view.segments.filter(({ name }) => name.toLowerCase().includes(words));
  const hrefOf = (segment: string | null): string => `/api/layers?${new URLSearchParams({ assessment: String(view.assessment), domain: view.domain, ...(segment === null ? {} : { segment }) })}`;
  return (
    <section className="px-4 pt-4 pb-4">
      <h3>Ours, of assessment {view.assessment}</h3>
      <p className="mt-0.5 mb-1.5 text-xs text-pretty text-ink-2">The score is the observable share in percent; what is unknown has no score. One layer for the fleet, and one for each of {counted(view.segments.length, "segment")}.</p>
      {view.segments.length > MANY ? <Input value={text} onChange={(event) => setText(event.target.value)} placeholder="Segment" aria-label="Find a segment" className="mb-1.5 w-full" /> : null}
      <ul aria-label="Layers to download" className="grid max-h-48 gap-x-2 overflow-y-auto sm:grid-cols-2">
        {[{ id: null, name: "Fleet" }, ...found].map(({ id, name }) => (
          <li key={id ?? ""}>
            <a href={hrefOf(id)} download className="flex min-h-7 items-center gap-1.5 rounded-md px-1.5 text-accent hover:bg-hover hover:underline" aria-label={`Download the layer of ${name}`}>
              <Download size={14} aria-hidden className="shrink-0" />
              <span className="truncate" title={name}>{name}</span>
            </a>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="text-xs text-ink-3">No segment by that name; {formatCount(view.segments.length)} are here.</p> : null}
    </section>
  );
}
