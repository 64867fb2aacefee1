"use client";
import { Check, ChevronDown, ChevronUp } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { buttonStyle } from "./button";
import { classNames } from "./class-names";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
  readonly disabled?: boolean;
}

/** A choice among few values. Value "" is not allowed by the primitive: give "all", "none" and the like a word. */
export function Select({ label, value, onChange, options, icon, name, className, id, defaultValue }: {
  label: string;
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  options: readonly SelectOption[];
  icon?: ReactNode;
  name?: string;
  className?: string;
  id?: string;
}) {
  // Told to the primitive too: by itself it knows the words only once the list was drawn in the browser, and the button would stand empty until then.
  const chosen = options.find((option) => option.value === (value ?? defaultValue))?.label;
  return (
    <Radix.Root value={value} defaultValue={defaultValue} onValueChange={onChange} name={name}>
      <Radix.Trigger id={id} aria-label={label} title={chosen} className={classNames(buttonStyle(), "min-w-0 justify-between", className)}>
        {icon}
        <span className="min-w-0 flex-1 truncate text-left">
          <Radix.Value>{value === undefined ? undefined : chosen}</Radix.Value>
        </span>
        <Radix.Icon>
          <ChevronDown size={14} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper" sideOffset={4} collisionPadding={8} className="z-50 max-h-[min(420px,var(--radix-select-content-available-height))] max-w-[min(480px,calc(100vw-16px))] min-w-(--radix-select-trigger-width) overflow-hidden rounded-lg border border-line-2 bg-surface shadow-pop">
          <Radix.ScrollUpButton className="flex h-5 items-center justify-center border-b text-ink-3">
            <ChevronUp size={14} aria-hidden />
          </Radix.ScrollUpButton>
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="flex h-7 cursor-pointer items-center gap-2 rounded-sm pr-3 pl-7 text-sm text-ink outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-surface-3 relative"
              >
                <Radix.ItemIndicator className="absolute left-2 text-accent">
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
                <span className="min-w-0 truncate" title={option.label}>
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                </span>
                {option.note ? <span className="ml-auto shrink-0 pl-4 text-xs text-ink-3">{option.note}</span> : null}
              </Radix.Item>
            ))}
          </Radix.Viewport>
          <Radix.ScrollDownButton className="flex h-5 items-center justify-center border-t text-ink-3">
            <ChevronDown size={14} aria-hidden />
          </Radix.ScrollDownButton>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
