/** Tokens of Microsoft's binary XML ([MS-EVEN6] 2.2.12); a set 0x40 says that more of the same follow. */
const END = 0x00, OPEN = 0x01, CLOSE_START = 0x02, CLOSE_EMPTY = 0x03, CLOSE = 0x04, VALUE = 0x05, ATTRIBUTE = 0x06, CDATA = 0x07, CHARACTER = 0x08, ENTITY = 0x09, FRAGMENT = 0x0f;
const TEXT = 0x01; // the only type that a literal value has
const MOST_DEPTH = 64;
const VALUES: ReadonlySet<number> = new Set([VALUE, CHARACTER, ENTITY]);
const ENTITIES = new Set(["lt", "gt", "amp", "quot", "apos"]);

/**
 * The XML of a record whose elements are written out, as forwarders and tools that copy logs write them: most logs hold a
 * template and its values instead, which is the library's to read.
 *
 * @param chunk 64 KiB, which names refer into
 * @param from behind the record's header
 * @param to behind its last byte
 * @throws Error saying what is wrong
 */
export function readInlineXml(chunk: Buffer, from: number, to: number): string {
  let at = from;
  const take = (bytes: number): number => {
    if (at + bytes > to) throw new Error("it ends inside of an element");
    at += bytes;
    return at - bytes;
  };
  const text = (): string => {
    const characters = chunk.readUInt16LE(take(2));
    const start = take(characters * 2);
    return chunk.toString("utf16le", start, start + characters * 2);
  };
  const name = (): string => {
    const offset = chunk.readUInt32LE(take(4));
    if (offset + 8 > chunk.length) throw new Error("a name lies outside of its chunk");
    const characters = chunk.readUInt16LE(offset + 6);
    if (offset + 10 + characters * 2 > chunk.length) throw new Error("a name lies outside of its chunk");
    if (offset === at) take(10 + characters * 2); // written here for the first time
    const found = chunk.toString("utf16le", offset + 8, offset + 8 + characters * 2);
    if (!/^[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(found)) throw new Error("a name is none of XML");
    return found;
  };
  const content = (token: number): string | null => {
    if (token === VALUE) {
      const type = chunk[take(1)];
      if (type !== TEXT) throw new Error(`a value of type ${type ?? "?"} is written out`);
      return escape(text());
    }
    if (token === CDATA) return escape(text());
    if (token === CHARACTER) return `&#${chunk.readUInt16LE(take(2))};`;
    if (token !== ENTITY) return null;
    const entity = name();
    if (!ENTITIES.has(entity)) throw new Error(`the entity ${entity} is none of XML's own`);
    return `&${entity};`;
  };

  let xml = "";
  const open: string[] = [];
  while (at < to) {
    const byte = chunk[take(1)] ?? END;
    const token = byte & 0x3f;
    if (token === END) break;
    if (token === FRAGMENT) {
      take(3);
    } else if (token === OPEN) {
      take(4); // how long the element is
      const element = name();
      open.push(element);
      if (open.length > MOST_DEPTH) throw new Error("its elements nest too deep");
      if ((byte & 0x40) !== 0) take(4); // how long its attributes are
      xml += `<${element}`;
    } else if (token === ATTRIBUTE) {
      xml += ` ${name()}="`;
      while (VALUES.has((chunk[at] ?? END) & 0x3f)) xml += content((chunk[take(1)] ?? END) & 0x3f) ?? "";
      xml += '"';
    } else if (token === CLOSE_START) {
      xml += ">";
    } else if (token === CLOSE_EMPTY || token === CLOSE) {
      const element = open.pop();
      if (element === undefined) throw new Error("more elements end than begin");
      xml += token === CLOSE ? `</${element}>` : "/>";
    } else {
      const inside = content(token);
      if (inside === null) throw new Error(`its token 0x${byte.toString(16)} is not known`);
      xml += inside;
    }
  }
  if (open.length > 0 || xml === "") throw new Error("its elements are not closed");
  return xml;
}

function escape(value: string): string {
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
