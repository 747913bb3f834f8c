/** How often a long step says that it is still at it, in milliseconds. */
const reminderPeriod = 20_000;

/**
 * Says what a long step is about to do, and now and then that it is still at it.
 *
 * @template T
 * @param {string} title what the step does, as in "Building the extension"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what the work returns; its errors pass through
 */
export async function step(title, work) {
  const start = performance.now();
  console.log(`${title} …`);
  const reminder = setInterval(
    () => console.log(`${title}: ${Math.round((performance.now() - start) / 1000)} s so far …`),
    reminderPeriod,
  );
  try {
    return await work();
  } finally {
    clearInterval(reminder);
  }
}
