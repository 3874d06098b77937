import { jsonReply } from './http.ts';
import type { EmulatorRequest, Reply, Route, Service } from './http.ts';
import type { World } from './world.ts';

/** Messages shown of a partition, as in the cloud's console (datastream.md §8.3). */
const shownMessages = 20;

/**
 * The emulator's own window, `GET /_emulator/topics/{name}`: offsets and the latest messages of a Data Stream topic.
 * The cloud shows these in its console only; there is no REST API to read messages (datastream.md §8.3).
 * `GET /_emulator/keys/{keyId}` says in the header `x-emulator-key` whether a key is one of this emulator's: every emulator has keys of
 * its own, and who stored some finds out whose they are without a secret on the wire.
 */
export function consoleService(world: World, keyIds: readonly string[]): Service {
  function key(_request: EmulatorRequest, id = ''): Reply {
    return { status: 200, body: '', headers: { 'x-emulator-key': keyIds.includes(id) ? 'known' : 'unknown' } };
  }
  function topics(): Reply {
    return jsonReply(200, { topics: world.dataStream.topics().map(({ name }) => name) });
  }
  function topic(_request: EmulatorRequest, name = ''): Reply {
    const found = world.dataStream.byName(name);
    if (found === undefined) return notFound();
    const at = world.now();
    const partitions = found.log.partitions.map((partition, index) => ({
      partition: index,
      startOffset: partition.startOffset(at, found.retentionMs),
      endOffset: partition.endOffset(at),
      messages: partition.messages.slice(-shownMessages).map((message) => ({ ...message })),
    }));
    return jsonReply(200, { name, partitions });
  }
  const routes: readonly Route[] = [
    { method: 'GET', path: '/_emulator/keys/:keyId', operation: 'findKey', kind: 'read', handle: key },
    { method: 'GET', path: '/_emulator/topics', operation: 'showTopics', kind: 'read', handle: topics },
    { method: 'GET', path: '/_emulator/topics/:name', operation: 'showTopic', kind: 'read', handle: topic },
  ];
  return {
    name: 'console',
    bodyLimit: 1_024,
    routes,
    // Nobody signs here: the server lets no web page of somebody else's in.
    authorize: () => undefined,
    noRoute: notFound,
    tooLarge: notFound,
    failed: () => jsonReply(500, { error: 'Unexpected error' }),
  };
}

function notFound(): Reply {
  return jsonReply(404, { error: 'Not found' });
}
