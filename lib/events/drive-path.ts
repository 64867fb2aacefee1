/** Block devices and their raw twins on Linux and macOS; terminals, memory and the null device are no drives. */
const DRIVE = /^\/dev\/(?:sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|md\d|dm-\d|sr\d|loop\d|nbd\d|zd\d|mapper\/.|disk\/.|block\/.|r?disk\d)/;

/** Whether a path names a drive: opening it reads or writes past the file system. */
export function isDrivePath(path: unknown): path is string {
  return typeof path === "string" && DRIVE.test(path);
}
