/** Who did what the demonstration replays: its entries can be told from anybody's own. */
export const DEMO_ACTOR = "demonstration (replayed clock)";
