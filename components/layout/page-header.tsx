import type { ReactNode } from "react";

/** The page's title, one paragraph, and its actions. */
export function PageHeader({ title, say, actions }: { title: ReactNode; say?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <h1>{title}</h1>
        {say ? <p className="max-w-[860px] text-pretty text-ink-2">{say}</p> : null}
      </div>
      {actions ? <div className="flex max-w-full min-w-0 flex-wrap items-center gap-2 print:hidden">{actions}</div> : null}
    </div>
  );
}

/** The column of blocks that every page is. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="flex w-full flex-1 flex-col gap-3 px-3 py-3 md:px-5 print:p-0">{children}</div>;
}
