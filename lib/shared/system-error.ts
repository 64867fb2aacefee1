/** What the operating system refused, in words, and what to do about it. */
export interface SystemReason {
  readonly words: string; // lower case, no full stop: part of a sentence
  readonly remedy: string;
  readonly path: string | null; // the file or folder concerned, where the system names one
}

const REASONS: Readonly<Record<string, readonly [words: string, remedy: string]>> = {
  ENOENT: ["there is no such file or folder", "Check the path."],
  ENOTDIR: ["a part of this path is a file, not a folder", "Check the path."],
  EISDIR: ["this is a folder, not a file", "Name a file."],
  EEXIST: ["something of this name is there already", "Choose another name."],
  EACCES: ["this user may not do that there", "Change its owner or mode, or run as a user who may."],
  EPERM: ["this user may not do that there", "Change its owner or mode, or run as a user who may."],
  EROFS: ["this file system is read-only", "Choose a place that can be written."],
  ENOSPC: ["the disk is full", "Free some space and try again."],
  EDQUOT: ["this user's share of the disk is used up", "Free some space and try again."],
  EFBIG: ["the file would be larger than this file system allows", "Choose another place."],
  EMFILE: ["this process has too many files open", "Try again, or raise the limit (ulimit -n)."],
  ENFILE: ["this machine has too many files open", "Try again in a moment."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter one."],
  ELOOP: ["links go round in a circle", "Check the path."],
  EIO: ["the disk reports an error", "Check the disk."],
  EBUSY: ["something else is using it", "Try again when that has ended."],
  ENOMEM: ["the machine has no memory left", "End other programs and try again."],
  ECONNREFUSED: ["nothing answers at that address", "Check the address."],
  ECONNRESET: ["the connection was broken off", "Try again."],
  EPIPE: ["the other side closed the connection", "Try again."],
  ETIMEDOUT: ["no answer came in time", "Try again, or check the network."],
  ENETUNREACH: ["there is no way to that network", "Check the network."],
  EHOSTUNREACH: ["there is no way to that machine", "Check the network."],
  ENOTFOUND: ["the name of the machine is not known", "Check the name and the network."],
  EAI_AGAIN: ["the name of the machine cannot be looked up now", "Check the network."],
  EADDRINUSE: ["the port is in use", "Choose another one."],
};

/** Reads a thrown value as a refusal of the operating system; null when it is none. No raw code such as ENOENT is left to people who do not know it. */
export function systemReason(error: unknown): SystemReason | null {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error) || typeof error.code !== "string") return null;
  const [words, remedy] = REASONS[error.code] ?? [`the system refused it (${error.code})`, "Check the path and the rights of this user."];
  return { words, remedy, path: "path" in error && typeof error.path === "string" ? error.path : null };
}
