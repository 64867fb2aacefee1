import { SaxesParser } from "saxes";
import { SightlineError } from "@/lib/shared/errors";

/** An element of a small XML file. text: its own characters, those of its children left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  readonly children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 300_000;
const APPLE_DOCTYPE = /^\s*plist\s+PUBLIC\s+"-\/\/Apple(?: Computer)?\/\/DTD PLIST 1\.0\/\/EN"\s+"https?:\/\/www\.apple\.com\/DTDs\/PropertyList-1\.0\.dtd"\s*$/;

/**
 * The root element of an XML file from a stranger. No DOCTYPE (with `plist`: Apple's public one, which is never fetched, without
 * an internal subset), so that there are no entities but the five of XML itself; little nesting.
 *
 * @throws SightlineError INVALID with the line, or TOO_LARGE
 */
export function readXml(file: string, text: string, options: { readonly plist?: boolean } = {}): XmlElement {
  const parser = new SaxesParser({ position: true, xmlns: false });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  const refuse = (message: string, remedy?: string): SightlineError => new SightlineError("INVALID", message, { file, line: parser.line, ...(remedy === undefined ? {} : { remedy }) });

  parser.on("error", (error) => {
    throw refuse(`The file is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, "").replace(/\.$/, "")}.`);
  });
  parser.on("doctype", (doctype) => {
    if (options.plist && APPLE_DOCTYPE.test(doctype)) return;
    throw refuse("The file declares a DOCTYPE, which could define entities.", options.plist ? "Only Apple's public DOCTYPE for property lists is accepted." : "Remove the DOCTYPE.");
  });
  parser.on("opentag", (tag) => {
    elements += 1;
    if (elements > MAX_ELEMENTS) throw new SightlineError("TOO_LARGE", `The file has more than ${MAX_ELEMENTS} elements.`, { file, line: parser.line });
    if (open.length >= MAX_DEPTH) throw refuse(`The file nests more than ${MAX_DEPTH} levels deep.`);
    const element: XmlElement = { name: tag.name, attributes: Object.fromEntries(Object.entries(tag.attributes)), line: parser.line, children: [], text: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  if (root === null) throw refuse("The file holds no XML element.");
  return root;
}
