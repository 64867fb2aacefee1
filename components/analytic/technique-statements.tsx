import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { TechniqueStatement } from "@/lib/reports/analytic-view";

/** What somebody scored the analytic's techniques with, and when. It stands beside the verdict and never in it. */
export function TechniqueStatements({ statements }: { statements: readonly TechniqueStatement[] }) {
  if (statements.length === 0) return null;
  return (
    <Card className="pb-1">
      <CardHeader title="What people say of the technique" note="scores, used by no verdict" say="Somebody's scores as written, from DeTT&CT files: visibility 0 to 4, detection 0 to 5." />
      <Table label="Statements about the technique">
        <thead>
          <tr>
            <Th>Technique</Th>
            <Th>Aspect</Th>
            <Th number>Score</Th>
            <Th>Of</Th>
            <Th>Said by, on</Th>
            <Th>Note</Th>
          </tr>
        </thead>
        <tbody>
          {statements.map((statement) => (
            <tr key={`${statement.author} ${statement.technique} ${statement.aspect} ${statement.appliesTo}`}>
              <Td className="font-mono">{statement.technique}</Td>
              <Td>{statement.aspect}</Td>
              <Td number>{statement.score}</Td>
              <Td>{statement.segment ?? "the whole fleet"}</Td>
              <Td className="whitespace-nowrap text-ink-2">
                {statement.author}, {statement.scoredOn ?? "undated"}
              </Td>
              <Td className="text-ink-2">{statement.note}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
