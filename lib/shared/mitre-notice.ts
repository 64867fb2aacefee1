/** MITRE's terms of use ask for these words wherever ATT&CK content is shown. */
export const MITRE_NOTICE = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";
