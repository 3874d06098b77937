import { jsonReply } from './http.ts';
import type { EmulatorRequest, Reply, Route, Service } from './http.ts';
import type { World } from './world.ts';

/** Messages shown of a partition, as in the cloud's console (datastream.md §8.3). */
const shownMessages = 20;

/**
 * The emulator's own window, `GET /_emulator/topics/{name}`: offsets and the latest messages of a Data Stream topic.
 * The cloud shows these in its console only; there is no REST API to read messages (datastream.md §8.3).
 */
export function consoleService(world: World): Service {
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
    { method: 'GET', path: '/_emulator/topics', operation: 'showTopics', kind: 'read', handle: topics },
    { method: 'GET', path: '/_emulator/topics/:name', operation: 'showTopic', kind: 'read', handle: topic },
  ];
  return {
    name: 'console',
    bodyLimit: 1_024,
    routes,
    // Nobody signs here: a web page must not get in by a name of its own that points to this machine.
    authorize: (request) =>
      /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '') ? undefined : notFound(),
    noRoute: notFound,
    tooLarge: notFound,
    failed: () => jsonReply(500, { error: 'Unexpected error' }),
  };
}

function notFound(): Reply {
  return jsonReply(404, { error: 'Not found' });
}
