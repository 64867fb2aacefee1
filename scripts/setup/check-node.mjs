/** Ends the process with one sentence when this Node is too old. What was tried: 20.19 and newer (package.json, engines). */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Sightline needs Node 20.19 or newer; this is Node ${process.versions.node}. Install a newer Node and run the command again.`);
  process.exit(1);
}
