import Link from "next/link";

/** An address outside every screen: without the frame, because it needs data. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-2 px-5">
      <h1>There is nothing at this address</h1>
      <p className="text-ink-2">The id may be mistyped, or belong to a release, segment or assessment that is not here.</p>
      <p>
        <Link href="/" className="text-accent hover:underline">
          Overview
        </Link>
      </p>
    </main>
  );
}
