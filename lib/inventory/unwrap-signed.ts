import { SightlineError } from "@/lib/shared/errors";

const UNWRAP = "Unwrap it with: openssl smime -verify -noverify -inform der -in FILE -out plain.mobileconfig";
const SIGNED_DATA = "06092a864886f70d010702"; // OID 1.2.840.113549.1.7.2
const DATA = "06092a864886f70d010701"; // OID 1.2.840.113549.1.7.1
const MAX_DEPTH = 12;
const CONSTRUCTED = 0x20;

interface Node {
  readonly tag: number;
  readonly start: number; // of the content
  readonly end: number; // of the content
  readonly next: number; // behind the whole node
}

/**
 * The content of a CMS signed message (RFC 5652), as configuration profiles are signed; null for bytes that are none. The
 * signature itself is not checked: who signed is not what the file says.
 *
 * @throws SightlineError INVALID, with the command that unwraps it, where the wrapper is broken or holds no content
 */
export function unwrapSigned(file: string, bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x30 || !hex(bytes.subarray(0, 40)).includes(SIGNED_DATA)) return null;
  try {
    const contentInfo = readNode(bytes, 0, bytes.length, 0);
    const [, wrapped] = children(bytes, contentInfo, 1);
    const [signedData] = wrapped ? children(bytes, wrapped, 2) : [];
    const parts = signedData ? children(bytes, signedData, 3) : [];
    const encapsulated = parts.find((part) => hex(bytes.subarray(part.start, part.start + 11)) === DATA);
    const [, content] = encapsulated ? children(bytes, encapsulated, 4) : [];
    const [octets] = content ? children(bytes, content, 5) : [];
    if (octets) return Buffer.concat(gather(bytes, octets, 6));
  } catch (error) {
    throw new SightlineError("INVALID", "The file is signed, and its wrapper is broken.", { file, remedy: UNWRAP }, { cause: error });
  }
  throw new SightlineError("INVALID", "The file is a signature without its content.", { file, remedy: UNWRAP });
}

/** An octet string, whole or in pieces (streamed wrappers). */
function gather(bytes: Uint8Array, node: Node, depth: number): Uint8Array[] {
  if ((node.tag & CONSTRUCTED) === 0) return [bytes.subarray(node.start, node.end)];
  return children(bytes, node, depth).flatMap((child) => gather(bytes, child, depth + 1));
}

function children(bytes: Uint8Array, { start, end }: Node, depth: number): Node[] {
  const found: Node[] = [];
  for (let at = start; at < end; ) {
    const node = readNode(bytes, at, end, depth);
    found.push(node);
    at = node.next;
  }
  return found;
}

/** One tag-length-value, of definite or indefinite length. @throws RangeError where it does not fit */
function readNode(bytes: Uint8Array, at: number, limit: number, depth: number): Node {
  if (depth > MAX_DEPTH) throw new RangeError("nests too deeply");
  const tag = byteAt(bytes, at);
  const first = byteAt(bytes, at + 1);
  if (first === 0x80) {
    let inner = at + 2;
    while (byteAt(bytes, inner) !== 0 || byteAt(bytes, inner + 1) !== 0) inner = readNode(bytes, inner, limit, depth + 1).next;
    if (inner + 2 > limit) throw new RangeError("ends too late");
    return { tag, start: at + 2, end: inner, next: inner + 2 };
  }
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4) throw new RangeError("too long");
  let length = first < 0x80 ? first : 0;
  for (let index = 0; index < more; index++) length = length * 256 + byteAt(bytes, at + 2 + index);
  const start = at + 2 + more;
  if (start + length > limit) throw new RangeError("ends too late");
  return { tag, start, end: start + length, next: start + length };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const value = bytes[at];
  if (value === undefined) throw new RangeError("ends too early");
  return value;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
