/**
 * The lines of one document of a YAML file, and the number of the first of them. Documents stand apart by lines that begin with three dashes;
 * what stands before the first of those counts as a document where it is more than comments.
 *
 * @param position of the document, 0-based; one that the file does not have gives the whole file
 */
export function documentLines(text: string, position: number): { readonly text: string; readonly first: number } {
  const lines = text.split("\n");
  const starts: number[] = [];
  let said = false; // whether something stands in the document that is open
  for (const [at, line] of lines.entries()) {
    if (/^---(?:\s|$)/.test(line)) {
      if (starts.length === 0 && said) starts.push(0);
      starts.push(at + 1);
    } else said ||= !/^\s*(?:#.*|%.*)?$/.test(line);
  }
  if (starts.length === 0) starts.push(0);
  const from = starts[position];
  if (from === undefined) return { text, first: 1 };
  const to = starts[position + 1];
  const own = lines.slice(from, to === undefined ? undefined : to - 1);
  while (own.length > 1 && own.at(-1)?.trim() === "") own.pop();
  return { text: own.join("\n"), first: from + 1 };
}
