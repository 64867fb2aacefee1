import { expect, test } from "vitest";
import { flowCsv } from "./flow-csv";

const OPTIONS = { latest: "2026-11-22", today: "2026-11-21", segment: "Office", hosts: null, asOf: null };

test.each<[product: string, text: string]>([
  ["Azure's portal, which renames the column of a time", 'DataType,hosts,count,"first [UTC]","last [UTC]"\nSecurityEvent,4,1200,"11/10/2026, 9:15:30.617 AM","11/12/2026, 9:05:01.000 PM"\n'],
  ["the query of this page there, with times as texts", "Table,hosts,count,first,last\nSecurityEvent,4,1200,2026-11-10T09:15:30.6170000Z,2026-11-12T21:05:01.0000000Z\n"],
  ["Kibana, which groups digits", 'dataset,hosts,count,first,last\nsystem.security,4,"1,200","Nov 10, 2026 @ 09:15:30.617","Nov 12, 2026 @ 21:05:01.000"\n'],
  ["Splunk", '"sourcetype",hosts,count,first,last\n"XmlWinEventLog:Security",4,1200,"1794302130.617","1794517501"\n'],
])("a flow is dated by its newest record, never by the day of the import: %s", (_, text) => {
  const { claims, refused, losses } = flowCsv.parse({ name: "flow.csv", text }, OPTIONS);
  expect(refused).toEqual([]);
  expect(claims.map(({ claim }) => [claim.logSource, claim.hostsReporting, claim.asOf])).toEqual([["WinEventLog:Security", 4, "2026-11-12"]]);
  expect(losses.filter(({ text: said }) => /not read|day of the import/.test(said))).toEqual([]);
});
