/** How long something is waited for before the test fails, in milliseconds. */
export const WAIT_MS = 60_000;

/**
 * Waits until `look` returns something other than undefined or false, and returns it.
 * Throws after a minute (or the given time), naming what was waited for and the last thing that was seen instead.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  limitMs = WAIT_MS,
): Promise<T> {
  const end = performance.now() + limitMs;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) {
        return found;
      }
      last = found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited ${limitMs / 1000} s for ${what}.`, { cause: last });
}

/** Whether a text is the expected one: equal to a string, matched by an expression. */
export function isText(actual: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? actual === expected : expected.test(actual);
}
