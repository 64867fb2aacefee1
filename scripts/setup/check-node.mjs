/** Ends the process with one sentence when this Node is too old. Written so that an old Node can still read it. */
export function checkNode() {
  const parts = process.versions.node.split(".").map(Number);
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) return;
  console.error("Sightline needs Node 20.19 or newer; this is Node " + process.versions.node + ".");
  process.exit(1);
}
