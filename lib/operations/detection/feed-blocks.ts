import { SightlineError } from "@/lib/shared/errors";
import type { MatchContent } from "@/lib/workers/match-messages";
import type { Block } from "./cut-blocks";
import { loudestRule, MatchList } from "./match-list";
import type { MatchPool } from "./match-pool";
import { ThreadLost, type MatchThread } from "./match-thread";

export interface Feed {
  readonly content: Omit<MatchContent, "share">;
  readonly blocks: AsyncIterable<Block>;
  readonly alone: boolean; // units can go to any thread; else all threads read everything and look at their share
  readonly large: boolean; // enough for several threads from the beginning
  readonly earlier: readonly MatchList[]; // of the contents before: bounds are those of all together
  readonly onBytes: (bytes: number) => void;
}

/** The block in which a thread was lost, counted from 0. */
export interface Lost {
  readonly lost: ThreadLost;
  readonly block: number;
}

/** A unit held records that need what stood before them, so no unit can be read by itself. */
export interface Bound {
  readonly bound: true;
}

const ENOUGH = 8; // blocks after which a further thread pays for loading the rules
const IN_FLIGHT = 2; // blocks that a thread holds

/** Sends the blocks of one content through the pool's threads and gathers what they find. */
export async function feedBlocks(pool: MatchPool, feed: Feed): Promise<{ readonly matches: MatchList } | Lost | Bound> {
  const sending = new Sending(pool, feed);
  try {
    await sending.open();
    let number = 0;
    for await (const block of feed.blocks) {
      pool.signal.throwIfAborted();
      if (sending.failure !== null || sending.bound) break;
      await sending.send(block, number);
      number += 1;
    }
    await sending.settle();
  } catch (error) {
    sending.fail(error, 0);
    await sending.settle();
  }
  if (sending.bound) return { bound: true };
  if (sending.failure === null) return { matches: sending.matches };
  const { error, block } = sending.failure;
  pool.signal.throwIfAborted();
  if (error instanceof ThreadLost) return { lost: error, block };
  throw error;
}

class Sending {
  readonly matches = new MatchList();
  failure: { readonly error: unknown; readonly block: number } | null = null;
  bound = false;
  private readonly threads: MatchThread[] = [];
  private readonly running = new Set<Promise<void>>();
  private turn: MatchThread | null = null; // of the unit in hand
  private done = 0;
  private closed = false;

  constructor(
    private readonly pool: MatchPool,
    private readonly feed: Feed,
  ) {}

  /** Where units stand alone, further threads join when they are ready; else all must be there from the beginning. */
  async open(): Promise<void> {
    const { pool, feed } = this;
    const first = await pool.first();
    if (feed.alone) {
      return this.join(first, 1, 0);
    }
    const all = [first];
    while (feed.large && all.length < pool.limits.threads) {
      const other = await pool.another();
      if (other === null) break;
      all.push(other);
    }
    await Promise.all(all.map((thread, mine) => this.join(thread, all.length, mine)));
  }

  /** Waits until a thread has room. */
  async send(block: Block, number: number): Promise<void> {
    if (this.feed.alone && number === ENOUGH) void this.joinOthers().catch((error: unknown) => this.fail(error, Infinity));
    if (this.feed.alone) this.turn ??= await this.freeThread();
    const takers = this.turn === null ? this.threads : [this.turn];
    for (const [i, thread] of takers.entries()) {
      await this.until(() => thread.load < IN_FLIGHT);
      const sent = this.ask(thread, block, number, i === 0).finally(() => this.running.delete(sent));
      this.running.add(sent);
    }
    if (block.ends) this.turn = null;
  }

  async settle(): Promise<void> {
    this.closed = true;
    await Promise.all(this.running);
  }

  /** The earliest block that failed counts. */
  fail(error: unknown, block: number): void {
    if (this.closed && block === Infinity) return; // a thread that was not needed any more
    if (this.failure === null || block < this.failure.block) this.failure = { error, block };
  }

  private async joinOthers(): Promise<void> {
    while (!this.closed && this.threads.length < this.pool.limits.threads) {
      const other = await this.pool.another();
      if (other === null) return;
      await this.join(other, 1, 0);
    }
  }

  private async join(thread: MatchThread, of: number, mine: number): Promise<void> {
    await thread.ask({ type: "content", content: { ...this.feed.content, share: { of, mine } } }, this.pool.limits.blockMs);
    this.threads.push(thread);
  }

  private async ask(thread: MatchThread, block: Block, number: number, counts: boolean): Promise<void> {
    try {
      const answer = await thread.ask({ type: "block", bytes: block.bytes, ends: block.ends, watch: number === 0 && counts }, this.pool.limits.blockMs);
      if (answer.type !== "block") throw new Error(`a block was answered by ${answer.type}`);
      this.matches.add(block.unit, answer, counts);
      if (this.feed.alone && answer.bound && !(block.unit === 0 && this.closed)) this.bound = true;
      holdBounds(this.pool, [...this.feed.earlier, this.matches]);
      if (!counts) return;
      this.done += block.bytes.length;
      this.feed.onBytes(this.done);
    } catch (error) {
      this.fail(error, number);
    }
  }

  private async freeThread(): Promise<MatchThread> {
    await this.until(() => this.threads.some((thread) => thread.load < IN_FLIGHT));
    const [best] = [...this.threads].sort((a, b) => a.load - b.load);
    if (best === undefined) throw new Error("the pool has no thread");
    return best;
  }

  private async until(holds: () => boolean): Promise<void> {
    while (this.failure === null && !holds() && this.running.size > 0) await Promise.race(this.running);
  }
}

/** A rule that matches more than anybody could look at is stopped by name; so is one whose matches no correlation could hold. */
function holdBounds(pool: MatchPool, lists: readonly MatchList[]): void {
  const { mostMatches, mostMaterial } = pool.limits;
  const total = (of: "matches" | "materials"): number => lists.reduce((sum, list) => sum + list[of], 0);
  while (total("matches") > mostMatches || total("materials") > mostMaterial) {
    const loudest = loudestRule(lists, total("matches") > mostMatches ? "matches" : "materials");
    if (loudest === null) throw new SightlineError("TOO_LARGE", "The rules match more than can be listed.");
    pool.stops.add({ kind: "rule", position: loudest.rule, reason: `It matches too much to be listed: ${loudest.count} of the records looked at so far. Narrow it, or leave it out.` });
    for (const list of lists) list.drop(loudest.rule);
  }
}
