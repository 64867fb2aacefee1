/** Whether two assessments looked at the same domains of ATT&CK: else their numbers are of other analytics, and no difference means anything. */
export function sameDomains(a: { readonly domains: readonly string[] }, b: { readonly domains: readonly string[] }): boolean {
  return a.domains.length === b.domains.length && a.domains.every((domain) => b.domains.includes(domain));
}
