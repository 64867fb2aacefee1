import type { InventoryFormat } from "../formats/inventory-format";

/** What people are told of measurements: the same words as of inventory formats, but they are evidence of another rank. */
export const MEASUREMENT_FORMATS: readonly Pick<InventoryFormat, "id" | "label" | "extensions" | "guide" | "segment">[] = [
  {
    id: "measurement-csv",
    label: "Measurement (CSV of a query pack)",
    extensions: [".csv"],
    segment: "optional",
    guide: {
      proves: "Per host and event: how many records came, when the newest did, and in how many each field is filled.",
      not: "What the records hold: without raw records beside it a measurement is a claim and raises reach, and proves nothing.",
      obtain: [{ product: "Any platform", text: "Open the segment, choose \"Measure this segment\", run the queries there and export their results as CSV" }],
    },
  },
  {
    id: "measurement-zip",
    label: "Measurement with raw records (zip of a query pack)",
    extensions: [".zip"],
    segment: "optional",
    guide: {
      proves: "The same, and a requirement where raw records of the event come with it, parse and fill its fields.",
      not: "Fields that the query did not count, and which class of object (file, key, pipe) the counted records are about.",
      obtain: [{ product: "Any platform", text: "sightline query-pack --segment NAME --backend splunk --out pack.zip\n# run the queries; put their results beside manifest.json, raw records into raw/, and zip the folder" }],
    },
  },
];
