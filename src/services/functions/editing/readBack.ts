import type { Snapshot } from '../../../documents/documentType.ts';
import { CloudError } from '../../../model/cloudError.ts';

/**
 * What is there after a change that was acknowledged: what a PUT answers is not documented (cloudfunctions.md §5.3), so it is read again.
 * @param sent what is there as far as is known, where it cannot be read
 */
export async function readBack(read: () => Promise<Snapshot>, sent: Snapshot): Promise<Snapshot> {
  try {
    return await read();
  } catch (error) {
    // The change is made: not being able to look at it is no failure of it.
    if (error instanceof CloudError) return sent;
    throw error;
  }
}
