"use client";
import { Upload } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { Pill } from "./chip";

/** Drop files or choose them. What is offered here is exactly what the button offers, so nothing needs a mouse. */
export function FileDrop({ title, hint, formats, accept, multiple = true, disabled, onFiles, children }: {
  title: string;
  hint: ReactNode;
  formats?: readonly string[];
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
  children?: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = Array.from(list ?? []);
    if (files.length > 0 && !disabled) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={classNames("flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border-[1.5px] border-dashed border-st-blind-line bg-surface px-4 py-2.5", over && "border-accent bg-accent-soft")}
    >
      <Upload size={20} className="shrink-0 text-ink-2" aria-hidden />
      <div className="min-w-0 flex-1 basis-60">
        <div className="font-medium">{title}</div>
        <div className="text-xs text-ink-2">{hint}</div>
      </div>
      {children}
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        Choose {multiple ? "files" : "a file"}
      </Button>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={title}
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      {formats ? (
        <div className="flex basis-full flex-wrap gap-1">
          {formats.map((format) => (
            <Pill key={format}>{format}</Pill>
          ))}
        </div>
      ) : null}
    </div>
  );
}
