import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

import { Agent, request } from 'undici';
import { extensions, TreeItem, TreeItemCollapsibleState } from 'vscode';

import { EasyQueueClient } from '../../src/api/easyqueue/client.ts';
import { NaverAuthenticator } from '../../src/api/naverAuthenticator.ts';
import { wait } from '../../src/host/clock.ts';
import type { AccountSecrets } from '../../src/model/account.ts';
import { createFormatter } from '../../src/model/format.ts';
import { EasyQueueNode } from '../../src/services/easyqueue/nodes.ts';
import { LagHistory } from '../../src/model/lag.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { testRegExp } from '../../src/tree/boundedRegExp.ts';
import { ResourceTree } from '../../src/tree/resourceTree.ts';
import { NodeMemory, TreeMemory } from '../../src/tree/treeMemory.ts';
import { compare, line } from './compare.ts';
import { naver, nhn, sendBare } from './connections.ts';
import { openingFunctions } from './functions.ts';
import { memoryOfLines } from './memory.ts';
import { bulkSends } from './sends.ts';
import { BENCH_WORLD, TOPICS } from './world.ts';
import type { BenchWorld } from './world.ts';

/** Called by VS Code inside the extension host. */
export async function run(): Promise<void> {
  await measureStart();
  const world = JSON.parse(process.env[BENCH_WORLD] ?? '') as BenchWorld;
  console.log('Ratios, ours against the bare counterpart, medians of one run:');
  console.log(line(await signing()));
  console.log(line(await listing(world)));
  console.log(line(await treeRows(world)));
  console.log(await openingFunctions(world));
  console.log(line(await sending(world)));
  for await (const text of bulkSends(world)) console.log(text);
  for await (const text of memoryOfLines(world)) console.log(text);
}

/** Loads the built extension as the host does, then activates it. */
async function measureStart(): Promise<void> {
  const extension = extensions.getExtension('cloud-streams.cloud-streams');
  if (extension === undefined || extension.isActive) throw new Error('The extension is not there, or was activated before it could be measured.');
  const load = createRequire(`${extension.extensionPath}/package.json`);
  const file = load.resolve('./out/extension.cjs');
  const loadStartedAt = performance.now();
  const loaded = load(file) as { readonly activate: (...args: readonly unknown[]) => unknown };
  const loadMs = performance.now() - loadStartedAt;
  let activateMs = Number.NaN;
  const entry = load.cache[file];
  if (entry === undefined) throw new Error('The host does not keep modules where Node does.');
  entry.exports = {
    ...loaded,
    activate: (...args: readonly unknown[]) => {
      const startedAt = performance.now();
      const result = loaded.activate(...args);
      activateMs = performance.now() - startedAt;
      return result;
    },
  };
  await extension.activate();
  console.log(`Code load ${loadMs.toFixed(1)} ms, activate ${activateMs.toFixed(1)} ms in this extension host`);
}

async function signing(): ReturnType<typeof compare> {
  const secrets: AccountSecrets = { keyId: 'a'.repeat(20), secret: 's'.repeat(40) };
  let nowMs = Date.now();
  // Each in a millisecond of its own: within one, a signature is made once.
  const authenticator = new NaverAuthenticator(() => Promise.resolve(secrets), { now: () => (nowMs += 1) });
  const target = '/api/v1/topics?sortBy=createdDate&descending=true';
  const times = 2_000;
  return compare(
    'sign 2,000 requests: authenticator against HMAC-SHA256',
    {
      ours: async () => {
        for (let time = 0; time < times; time += 1) await authenticator.sign({ method: 'GET', origin: 'https://datastream.apigw.ntruss.com', target });
      },
      bare: () => {
        for (let time = 0; time < times; time += 1) {
          createHmac('sha256', secrets.secret).update(`GET ${target}\n${Date.now().toString()}\n${secrets.keyId}`).digest('base64');
        }
      },
    },
    30,
  );
}

async function listing(world: BenchWorld): ReturnType<typeof compare> {
  const { connection, appKey, close } = nhn(world);
  const client = new EasyQueueClient(connection, appKey);
  const dispatcher = new Agent();
  const query = '?sortKey=TOPIC_NAME&sortDirection=ASC&page=1&limit=3000';
  const comparison = await compare(
    'list 3,000 EasyQueue topics: client and schema against undici.request and JSON.parse',
    {
      ours: async () => {
        const { topics } = await client.listTopics({ page: 1, limit: TOPICS, sortKey: 'TOPIC_NAME', sortDirection: 'ASC' });
        if (topics.length !== TOPICS) throw new Error(`${topics.length} topics`);
      },
      bare: async () => {
        const { body } = await request(`${world.nhn.easyQueue}/v1.0/appkeys/${world.nhn.appKey}/topics${query}`, {
          dispatcher,
          headers: { 'x-nhn-authorization': `Bearer ${world.token}` },
        });
        const { topicList } = JSON.parse(await body.text()) as { readonly topicList: readonly unknown[] };
        if (topicList.length !== TOPICS) throw new Error(`${topicList.length} topics`);
      },
    },
    20,
  );
  await dispatcher.close();
  await close();
  return comparison;
}

/** Rows from topics that are there already: no request in either side. */
async function treeRows(world: BenchWorld): ReturnType<typeof compare> {
  const { connection, account, appKey, close } = nhn(world);
  const { topics } = await new EasyQueueClient(connection, appKey).listTopics({ limit: TOPICS });
  const page = { topics, totalCount: topics.length };
  const answered = new (class extends EasyQueueClient {
    override listTopics(): Promise<typeof page> {
      return Promise.resolve(page);
    }
  })(connection, appKey);
  const state = new Map<string, unknown>();
  const memory = new TreeMemory({
    keys: () => [...state.keys()],
    get: (key: string) => state.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
  });
  const root = new AccountNode(account, () => []);
  const ours = async (): Promise<readonly TreeItem[]> => {
    const list = new EasyQueueNode(root, { account, appKey }, {
      memory,
      format: createFormatter('en'),
      pageSize: () => TOPICS,
      testRegExp,
      now: Date.now,
      topics: new NodeMemory(),
      topicLags: new NodeMemory(),
      lagHistory: new LagHistory(),
      client: () => Promise.resolve(answered),
    });
    const tree = new ResourceTree({ roots: () => [root], logError: () => undefined, wait, now: Date.now });
    const rows = await tree.getChildren(list);
    if (rows.length !== TOPICS) throw new Error(`${rows.length} rows`);
    const items = rows.map((row) => tree.getTreeItem(row));
    tree.dispose();
    return items;
  };
  const bare = (): readonly TreeItem[] =>
    page.topics.map(({ fullName }) => {
      const item = new TreeItem(fullName, TreeItemCollapsibleState.Collapsed);
      item.id = fullName;
      return item;
    });
  const comparison = await compare('rows of 3,000 topics: tree against 3,000 bare TreeItems', { ours, bare }, 20);
  await close();
  return comparison;
}

async function sending(world: BenchWorld): ReturnType<typeof compare> {
  const { client, topic, close } = await naver(world);
  const message = { topic, key: 'bench', value: '{"order":1,"amount":9007199254740993}' };
  const dispatcher = new Agent();
  const comparison = await compare(
    'one send: client against a signed undici.request',
    { ours: () => client.send(message), bare: () => sendBare(world, message, dispatcher) },
    300,
  );
  await dispatcher.close();
  await close();
  return comparison;
}
