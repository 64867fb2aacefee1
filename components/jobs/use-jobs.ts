"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { JobView } from "@/lib/jobs/job-types";

const FAST = 1000;
const SLOW = 15_000;

/** Whether a job has not ended yet. */
export function isOpen(job: JobView): boolean {
  return job.state === "queued" || job.state === "running";
}

/** The newest jobs, asked for every second while one runs. When one ends, the page's own data is fetched again. */
export function useJobs(initial: readonly JobView[]): readonly JobView[] {
  const [jobs, setJobs] = useState(initial);
  const router = useRouter();
  const open = useRef(initial.filter(isOpen).length);
  const ended = useRef(new Set(initial.filter((job) => !isOpen(job)).map((job) => job.id)));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const ask = async () => {
      try {
        const response = await fetch("/api/jobs", { cache: "no-store" });
        if (response.ok && !stopped) {
          const next: JobView[] = await response.json();
          setJobs(next);
          open.current = next.filter(isOpen).length;
          // A short job may begin and end between two questions.
          const news = next.filter((job) => !isOpen(job) && !ended.current.has(job.id));
          for (const job of news) ended.current.add(job.id);
          if (news.length > 0) router.refresh();
        }
      } catch {
        // The server is away for a moment: the last picture stays, and the next tick asks again.
      }
      if (!stopped) timer = setTimeout(ask, open.current > 0 ? FAST : SLOW);
    };
    const wake = () => {
      clearTimeout(timer);
      void ask();
    };
    timer = setTimeout(ask, FAST);
    window.addEventListener("sightline:job", wake);
    return () => {
      stopped = true;
      clearTimeout(timer);
      window.removeEventListener("sightline:job", wake);
    };
  }, [router]);
  return jobs;
}

/** Says that a job was just started, so that lists of jobs look at once. */
export function announceJob(): void {
  window.dispatchEvent(new Event("sightline:job"));
}
