/** What the frame around every page shows. Times in ms since 1970 UTC. */
export interface ShellAssessment {
  readonly id: number;
  readonly label: string; // A-0042
  readonly at: number;
  readonly runLater: boolean; // at and run time more than 24 h apart: "as of, run later"
  readonly releases: string; // ATT&CK enterprise 19.1
  readonly policy: number;
  readonly weights: string; // the profile: uniform, or its name and version
  readonly digest: string; // of the scoring input
}

export interface ShellView {
  readonly actor: { readonly name: string; readonly role: string; readonly authenticated: boolean };
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly assessments: readonly ShellAssessment[]; // newest first
  readonly runningJobs: number;
  readonly openAlerts: number; // neither acknowledged nor snoozed
  readonly demoAt: number | null; // when the demonstration fleet was loaded; null: no demonstration data
  readonly notice: string; // MITRE's
}

/** 42 -> "A-0042". */
export function assessmentLabel(id: number): string {
  return `A-${String(id).padStart(4, "0")}`;
}

/** "uniform", or "ransomware v2"; absent: an assessment from before there were others. */
export function weightsLabel(weights: { readonly profile: string; readonly version: number } | undefined): string {
  return weights === undefined || weights.profile === "uniform" ? "uniform" : `${weights.profile} v${weights.version}`;
}

/** { enterprise: "19.1" } -> "ATT&CK enterprise 19.1". */
export function releasesLabel(releases: Readonly<Record<string, string>>): string {
  const parts = Object.keys(releases)
    .sort()
    .map((domain) => `${domain} ${releases[domain] ?? ""}`);
  return parts.length === 0 ? "no ATT&CK release" : `ATT&CK ${parts.join(", ")}`;
}
