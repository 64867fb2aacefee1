import { KeptLink } from "@/components/layout/kept-link";
import { Table, Td, Th } from "@/components/ui/table";
import type { QueryValue, RuleQueryView } from "@/lib/reports/rule-query";

const SHOWN = 6;

/** Which values stand in the queries, whose they are, and for which analytic where a rule serves several. */
export function QueryValues({ view: { rule, segment, analytic, analytics, values } }: { view: RuleQueryView }) {
  if (values.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-xs text-ink-2">
        {segment === null ? "Values as packs bring them; choose a segment above for its own." : `Values of ${segment.name}.`}
        {analytics.length < 2 ? null : (
          <>
            {" "}
            The rule serves several analytics; values of:{" "}
            {["", ...analytics].map((id) => (
              <KeptLink key={id} href={`/rules/${rule}${id === "" ? "" : `?for=${id}`}`} aria-current={id === analytic} className="mr-2 text-accent hover:underline aria-[current=true]:font-medium aria-[current=true]:text-ink">
                {id === "" ? "none" : id}
              </KeptLink>
            ))}
          </>
        )}
      </p>
      <Table label="Values in the queries" stacked>
        <thead>
          <tr>
            <Th>Value</Th>
            <Th>Stands for</Th>
            <Th>From</Th>
          </tr>
        </thead>
        <tbody>
          {values.map((value) => (
            <tr key={value.name}>
              <Td>
                <code>{value.name}</code>
              </Td>
              <Td className="[overflow-wrap:anywhere]">{sayShort(value)}</Td>
              <Td head="From" className={value.values === null ? "text-attn" : ""}>{value.said}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function sayShort({ values, unit }: QueryValue): string {
  if (values === null) return "nothing";
  const said = values.slice(0, SHOWN).join(", ");
  if (values.length > SHOWN) return `${said} and ${values.length - SHOWN} more`;
  return values.length === 1 && unit !== "" ? `${said} ${unit}` : said;
}
