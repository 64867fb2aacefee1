/**
 * The query to run in each product; its result, exported as CSV, is what the flow format reads. Names that a language reserves
 * stand in its quotes; times leave as texts where the product would write them in the reader's own way.
 */
export const FLOW_QUERIES: readonly { readonly product: string; readonly text: string }[] = [
  {
    product: "Splunk",
    text: `| tstats count min(_time) as first max(_time) as last where index=* earliest=-7d by sourcetype source host`,
  },
  {
    product: "Splunk, Windows events by number",
    text: `index=* source="*WinEventLog:*" earliest=-24h
| stats count min(_time) as first max(_time) as last by source EventCode host`,
  },
  {
    product: "Microsoft Sentinel",
    text: `union withsource=Table *
| where TimeGenerated > ago(7d)
| summarize ['count']=count(), ['first']=min(TimeGenerated), ['last']=max(TimeGenerated) by Table, Computer
| extend ['first']=tostring(['first']), ['last']=tostring(['last'])`,
  },
  {
    product: "Microsoft Sentinel, security events by number",
    text: `SecurityEvent
| where TimeGenerated > ago(24h)
| summarize ['count']=count(), ['first']=min(TimeGenerated), ['last']=max(TimeGenerated) by Table="SecurityEvent", EventID, Computer
| extend ['first']=tostring(['first']), ['last']=tostring(['last'])`,
  },
  {
    product: "Elastic (ES|QL)",
    text: `FROM logs-*
| WHERE @timestamp > NOW() - 7 days
| STATS count = COUNT(*), \`first\` = MIN(@timestamp), \`last\` = MAX(@timestamp) BY dataset = data_stream.dataset, host = host.name
| EVAL \`first\` = TO_STRING(\`first\`), \`last\` = TO_STRING(\`last\`)`,
  },
];
