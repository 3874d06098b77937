/** Whether a process of this machine still runs; one of another user does, too. */
export function isAlive(processId: number): boolean {
  try {
    // Signal 0 is none: it only asks.
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
