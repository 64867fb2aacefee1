/** The status and flag glyphs, once per page; StatusGlyph refers to them. */
export function StatusSprite() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <symbol id="g-not-applicable" viewBox="0 0 12 12">
        <path d="M3 6h6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="g-unassessable" viewBox="0 0 12 12">
        <path d="M4.3 4.6a1.75 1.75 0 1 1 2.5 1.6c-.6.3-.8.6-.8 1.2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
        <circle cx="6" cy="9.4" r=".85" fill="currentColor" />
      </symbol>
      <symbol id="g-blind" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </symbol>
      <symbol id="g-declared" viewBox="0 0 12 12">
        <path d="M1.9 8.6V6.3C1.9 4.5 2.8 3.4 4.6 3v1.2c-.7.2-1.1.7-1.1 1.4h1.2v3zM6.9 8.6V6.3C6.9 4.5 7.8 3.4 9.6 3v1.2c-.7.2-1.1.7-1.1 1.4h1.2v3z" fill="currentColor" />
      </symbol>
      <symbol id="g-partial" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d="M6 2.4a3.6 3.6 0 0 0 0 7.2z" fill="currentColor" />
      </symbol>
      <symbol id="g-observed" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="3.9" fill="currentColor" />
      </symbol>
      <symbol id="g-validated" viewBox="0 0 12 12">
        <path d="M2.4 6.4 4.9 8.9 9.7 3.4" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
      </symbol>
      <symbol id="g-clock" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d="M6 3.6V6l1.6 1" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
      </symbol>
      <symbol id="g-bolt" viewBox="0 0 12 12">
        <path d="M6.9 1 2.4 6.8h2.9L4.7 11l4.7-6H6.3z" fill="currentColor" />
      </symbol>
      <symbol id="g-off" viewBox="0 0 12 12">
        <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d="M2.8 2.8l6.4 6.4" stroke="currentColor" strokeWidth="1.3" />
      </symbol>
    </svg>
  );
}
