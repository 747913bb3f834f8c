/** Items worked on at the same time: enough to keep every worker busy while the next results are on their way. */
const lanes = 8;

/**
 * Runs some work for each item, a few at a time, in order of the items.
 *
 * @throws whatever the first work that fails throws; what is under way is then not waited for, and no more is begun
 */
export async function inLanes<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      await work(items[index], index);
    }
  };
  const running = Array.from({ length: Math.min(lanes, items.length) }, lane);
  try {
    await Promise.all(running);
  } catch (error) {
    failed = true;
    throw error;
  }
}
