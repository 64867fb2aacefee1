/**
 * Rows whose text holds every word of the query, best first: a row that starts with the query, then one with a word that
 * does, then the rest in their own order. At most `limit`.
 */
export function findMatches<T>(rows: readonly T[], query: string, textOf: (row: T) => string, limit: number): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows.slice(0, limit);
  const ranked: { row: T; rank: number; order: number }[] = [];
  rows.forEach((row, order) => {
    const text = textOf(row).toLowerCase();
    if (!words.every((word) => text.includes(word))) return;
    const first = words[0] ?? "";
    ranked.push({ row, order, rank: text.startsWith(first) ? 0 : text.includes(` ${first}`) ? 1 : 2 });
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.order - b.order).slice(0, limit).map((entry) => entry.row);
}
