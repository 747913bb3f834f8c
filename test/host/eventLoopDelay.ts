import { strict as assert } from 'node:assert';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** What every machine keeps, however busy with other programs, in milliseconds: a few on a quiet one. */
const limit = 250;

/**
 * Prints how late the turns of the extension host's event loop are while some work goes on, which is how long the editor and
 * every other extension would wait for it, and how long it was at work itself: on a busy machine it is also late where it
 * has nothing to do.
 *
 * @param what ends the sentence "the extension host is free while …"
 * @throws AssertionError if it stood still
 */
export async function eventLoopDelay(what: string, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const before = performance.eventLoopUtilization();
  await work();
  const { active } = performance.eventLoopUtilization(before);
  const time = performance.now() - start;
  delay.disable();
  const [middle, worst] = [50, 99].map((percent) => delay.percentile(percent) / 1e6);
  const most = delay.max / 1e6;
  const late = `event loop p50 ${middle.toFixed(1)} ms, p99 ${worst.toFixed(1)} ms, at the most ${most.toFixed(1)} ms`;
  console.log(`${what}: ${time.toFixed(0)} ms, of them ${active.toFixed(0)} ms at work; ${late}`);
  assert(worst < limit, `the event loop stood still for ${worst} ms`);
}
