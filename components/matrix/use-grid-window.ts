"use client";
import { useEffect, useState } from "react";
import { windowOf, type GridWindow } from "./lay-out";

interface Size {
  readonly columns: number;
  readonly rows: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const FIRST: Box = { left: 0, top: 0, width: 1400, height: 700 }; // before the box can be measured, and on the server
const ENDLESS: Size = { columns: 1_000_000, rows: 1_000_000 };
const NOTHING_BESIDE = { columns: 0, rows: 0 };

/**
 * What of the grid is in sight: drawn is that with a margin, seen are the columns that are really in the box. Both change only
 * when a whole column or row comes or goes, so that scrolling draws nothing in between.
 *
 * @param box the scrolled element once it is there
 * @param head height of what stays at its top
 */
export function useGridWindow(box: HTMLElement | null, cell: { readonly width: number; readonly height: number }, head: number, size: Size): { readonly drawn: GridWindow; readonly seen: GridWindow } {
  const { width, height } = cell;
  const [at, setAt] = useState(FIRST);
  useEffect(() => {
    if (box === null) return;
    const look = (): void => {
      const now = { left: box.scrollLeft, top: box.scrollTop, width: box.clientWidth, height: Math.max(0, box.clientHeight - head) };
      setAt((before) => (same(windowOf(before, { width, height }, ENDLESS, NOTHING_BESIDE), windowOf(now, { width, height }, ENDLESS, NOTHING_BESIDE)) ? before : now));
    };
    look();
    box.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => {
      box.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [box, width, height, head]);
  return { drawn: windowOf(at, cell, size), seen: windowOf(at, cell, size, NOTHING_BESIDE) };
}

function same(a: GridWindow, b: GridWindow): boolean {
  return a.firstColumn === b.firstColumn && a.lastColumn === b.lastColumn && a.firstRow === b.firstRow && a.lastRow === b.lastRow;
}
