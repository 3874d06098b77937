import type { SeenState } from '../../src/protocol/easyQueue.ts';

/** A state with its end. */
export interface StateSpan extends SeenState {
  /** Unix milliseconds; of the last one, the time it was last seen. */
  readonly untilMs: number;
  readonly lastedMs: number;
  /** Of the time all of them took, 0 to 1; alike where it took none. */
  readonly share: number;
  readonly isNow: boolean;
}

/**
 * States one after the other, each until the next.
 * @param states oldest first
 * @param nowMs when the last one was seen to be still so, Unix milliseconds
 */
export function stateSpans(states: readonly SeenState[], nowMs: number): readonly StateSpan[] {
  const first = states[0]?.sinceMs ?? nowMs;
  const whole = Math.max(0, nowMs - first);
  return states.map((state, index) => {
    const next = states[index + 1];
    // A clock that was set back makes nothing negative.
    const untilMs = Math.max(state.sinceMs, next?.sinceMs ?? nowMs);
    const lastedMs = untilMs - state.sinceMs;
    return { ...state, untilMs, lastedMs, share: whole === 0 ? 1 / states.length : Math.min(1, lastedMs / whole), isNow: next === undefined };
  });
}
