import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** `audit verify`: is the log whole and unchanged? */
export function register(program: Command, io: CliIo): void {
  const audit = program.command("audit").description("the append-only log of who did what");
  audit
    .command("verify")
    .description("recompute the hash chain of the log; exit 1 when it is broken")
    .option("--json", "print one JSON document")
    .action(async (options: { json?: boolean }) => {
      const { verifyAuditChain } = await import("@/lib/operations/verify-audit-chain");
      const check = await io.withContext((ctx) => verifyAuditChain(ctx));
      if (options.json) io.json(check);
      else if (check.broken === null) io.line(`${check.entries} entries, chain whole, last hash ${check.lastHash}`);
      if (check.broken !== null) {
        io.note(`The audit log is broken at entry ${check.broken.seq}: ${check.broken.why}.`);
        io.fail();
      }
    });
}
