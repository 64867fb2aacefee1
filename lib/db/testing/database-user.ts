/**
 * A process that uses the embedded database of a data folder, for tests of several at once:
 *
 *   tsx database-user.ts DATA count N        opens, writes N numbered rows one by one, closes, prints the rows there are
 *   tsx database-user.ts DATA hold           opens, prints "open", closes when its input ends
 *   tsx database-user.ts DATA write-for-ever prints each row's number after it was committed, until it is killed
 */
import pg from "pg";
import { openEmbedded } from "@/lib/db/embedded/open-embedded";
import { errorSentence } from "@/lib/shared/errors";

const [dataDir = "", what, amount = "0"] = process.argv.slice(2);

async function main(): Promise<void> {
  const server = await openEmbedded(dataDir);
  if (server.note !== null) console.log(`note: ${server.note}`);
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query("select pg_advisory_lock(1)");
  await client.query("create table if not exists line (n serial primary key, writer int not null)");
  await client.query("select pg_advisory_unlock(1)");
  const write = async (): Promise<number> => Number((await client.query("insert into line (writer) values ($1) returning n", [process.pid])).rows[0].n);
  if (what === "count") for (let i = 0; i < Number(amount); i += 1) await write();
  if (what === "write-for-ever") for (;;) console.log(await write());
  if (what === "hold") {
    console.log("open");
    for await (const _ of process.stdin);
  }
  console.log(`rows ${(await client.query("select count(*)::int as n from line")).rows[0].n}`);
  await client.end();
  await server.close();
}

main().catch((error: unknown) => {
  console.error(errorSentence(error));
  process.exitCode = 1;
});
