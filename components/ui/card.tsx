import type { ComponentProps, ReactNode } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { classNames } from "./class-names";

/** A bordered surface that holds one thing. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={classNames("min-w-0 rounded-lg border bg-surface print:break-inside-avoid", className)} {...rest} />;
}

/** Title, what it is sorted or measured by, one sentence, and at most one link or button. how: what its figures are, with the card that says how they are computed. */
export function CardHeader({ title, how, note, say, action, id }: { title: ReactNode; how?: MeasureId; note?: ReactNode; say?: ReactNode; action?: ReactNode; id?: string }) {
  return (
    <header className="px-3 pt-3 md:px-4">
      <div className="flex min-h-5 items-center gap-2">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <h2 id={id}>{title}</h2>
          {how === undefined ? null : <HowComputed measure={how} className="-mx-1 self-center" />}
          {note ? <span className="text-xs text-ink-3">{note}</span> : null}
        </div>
        {action ? <div className="ml-auto flex shrink-0 items-center gap-2 print:hidden">{action}</div> : null}
      </div>
      {say ? <p className="pt-0.5 text-pretty text-ink-2">{say}</p> : null}
    </header>
  );
}
