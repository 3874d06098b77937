import type { ResourceWriteEnd, WriteLog } from '../model/resourceWrite.ts';
import type { JournalStore } from '../sending/journal/journalStore.ts';

/** A journal that loads when something is first written down. */
export interface LazyJournal {
  readonly load: () => Promise<JournalStore>;
  /** The journal, where it is loaded. */
  readonly loaded: () => JournalStore | undefined;
  readonly warn: (message: string, error: unknown) => void;
}

/** Writes changes down; those that leave while the journal loads are kept until it is there. */
export function journalWrites({ load, loaded, warn }: LazyJournal): WriteLog {
  return {
    leaving(write) {
      const journal = loaded();
      if (journal !== undefined) return journal.writes.leaving(write);
      const noted = load().then(({ writes }) => writes.leaving(write));
      noted.catch((error: unknown) => warn('A change could not be written down', error));
      return (end: ResourceWriteEnd) => {
        // It was told above why nothing is written.
        noted.then((ended) => ended(end), () => undefined);
      };
    },
  };
}
