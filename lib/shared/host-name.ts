/** Host names are one host when they agree in lower case up to the first dot; addresses are kept whole (design: "Names fold by case and first label"). */
export function foldHost(host: string): string {
  const name = host.trim().toLowerCase();
  if (/^[0-9.]+$/.test(name) || name.includes(":")) return name;
  const dot = name.indexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
