/**
 * The text a new message starts with: plain JSON that shows it can be anything, ending in a line break like every file.
 *
 * @param topicName full name of the topic
 * @param id a new UUID
 * @param nowMs milliseconds since the epoch
 */
export function sampleMessage(topicName: string, id: string, nowMs: number): string {
  const sample = { id, time: new Date(nowMs).toISOString(), text: `A message for ${topicName}` };
  return `${JSON.stringify(sample, undefined, 2)}\n`;
}
