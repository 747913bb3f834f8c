import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Rival } from './contest';

/** What a run says: how long it took, and a few numbers of its result, by which results are compared. */
export interface Run {
  readonly ms: number;
  readonly digest: readonly number[];
}

/**
 * A program that holds the data and does work on demand: a name of some work on its standard input, a `Run` in JSON on
 * its standard output. The time is its own, without start-up or messages. It ends with its input.
 */
export class Peer {
  private readonly answers: AsyncIterator<string>;

  private constructor(private readonly child: ChildProcess) {
    this.answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  /**
   * Starts a program and waits for its first line, which says that it holds the data.
   *
   * @throws Error if it ends before that
   */
  static async start(command: string, args: readonly string[]): Promise<Peer> {
    // One thread each, whatever the libraries inside would like.
    const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...threads } });
    const failure = new Promise<never>((_, reject) => child.once('error', reject));
    const peer = new Peer(child);
    await Promise.race([peer.line(), failure]);
    return peer;
  }

  async run(work: string): Promise<Run> {
    this.child.stdin!.write(`${work}\n`);
    return JSON.parse(await this.line()) as Run;
  }

  end(): void {
    this.child.stdin!.end();
  }

  private async line(): Promise<string> {
    const { value, done } = await this.answers.next();
    if (done) {
      throw new Error(`${this.child.spawnargs.join(' ')} ended early.`);
    }
    return value;
  }
}

/** A peer as a rival in one kind of work; none where the machine has no such peer. */
export function rival(peer: Peer | undefined, name: string, work: string, reach: number): Rival[] {
  return peer ? [{ name, run: () => peer.run(work), reach }] : [];
}
