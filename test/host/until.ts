import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a question has an answer.
 *
 * @param what says in the error what was waited for
 * @param ask  returns undefined for "not yet"
 * @throws Error when there is none within 10 s
 */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
  }
  throw new Error(`Waited 10 s for ${what}.`);
}
