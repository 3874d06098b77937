/** What was typed where a partition is asked for. */
export type PartitionReading =
  | { readonly ok: true; readonly partition: number | undefined }
  /** `last` is the highest partition of the topic, where its partition count is known. */
  | { readonly ok: false; readonly last: number | undefined };

/** Partitions are 0-based (datastream.md §5); a topic has at most 16 (§8.1), but what the topic says counts. */
export function readPartition(text: string, partitions: number | undefined): PartitionReading {
  const typed = text.trim();
  if (typed === '') return { ok: true, partition: undefined };
  const last = partitions === undefined ? undefined : partitions - 1;
  if (!/^\d{1,9}$/.test(typed)) return { ok: false, last };
  const partition = Number(typed);
  return last !== undefined && partition > last ? { ok: false, last } : { ok: true, partition };
}
