/** An eye over a horizon: the product's sign. */
export function BrandMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden="true" className="shrink-0 text-ink">
      <path d="M1.5 10h17" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      <path d="M3.2 7.2a8 8 0 0 1 13.6 0M3.2 12.8a8 8 0 0 0 13.6 0" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      <circle cx="10" cy="10" r="2.4" fill="var(--accent)" />
    </svg>
  );
}
