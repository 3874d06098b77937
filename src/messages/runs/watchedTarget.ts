import type { MessageTarget } from '../../sending/messageTarget.ts';

/** A target, and what a person is told of one message: the last that left, how long it took, and how it failed. */
export interface WatchedTarget extends MessageTarget {
  readonly seen: {
    message: Parameters<MessageTarget['send']>[0] | undefined;
    /** Milliseconds. */
    durationMs: number;
    /** Of the first message that failed. */
    error: unknown;
  };
}

/**
 * Watches what goes through a target.
 * @param ticks milliseconds of a clock that does not jump
 */
export function watchTarget(target: MessageTarget, ticks: () => number): WatchedTarget {
  const seen: WatchedTarget['seen'] = { message: undefined, durationMs: 0, error: undefined };
  return {
    seen,
    limits: target.limits,
    curl: (message) => target.curl(message),
    async send(message, signal) {
      const startedAt = ticks();
      seen.message = message;
      try {
        await target.send(message, signal);
      } catch (error) {
        seen.error ??= error;
        throw error;
      } finally {
        seen.durationMs = ticks() - startedAt;
      }
    },
  };
}
