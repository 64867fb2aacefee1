import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A bordered surface that holds one thing. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={classNames("min-w-0 rounded-lg border bg-surface print:break-inside-avoid", className)} {...rest} />;
}

/** Title, what it is sorted or measured by, one sentence, and at most one link or button. */
export function CardHeader({ title, note, say, action, id }: { title: ReactNode; note?: ReactNode; say?: ReactNode; action?: ReactNode; id?: string }) {
  return (
    <header className="px-3 pt-3 md:px-4">
      <div className="flex min-h-5 items-center gap-2">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <h2 id={id}>{title}</h2>
          {note ? <span className="text-xs text-ink-3">{note}</span> : null}
        </div>
        {action ? <div className="ml-auto flex shrink-0 items-center gap-2 print:hidden">{action}</div> : null}
      </div>
      {say ? <p className="pt-0.5 text-pretty text-ink-2">{say}</p> : null}
    </header>
  );
}
