import { createHmac } from 'node:crypto';

import { Agent, request } from 'undici';
import type { TreeItem } from 'vscode';

import { FunctionsClient } from '../../src/api/functions/client.ts';
import { wait } from '../../src/host/clock.ts';
import type { Account } from '../../src/model/account.ts';
import { createFormatter } from '../../src/model/format.ts';
import { FunctionsNode, PackageNode } from '../../src/services/functions/nodes.ts';
import { RunStore } from '../../src/services/functions/runs/runStore.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { testRegExp } from '../../src/tree/boundedRegExp.ts';
import { ResourceTree } from '../../src/tree/resourceTree.ts';
import { NodeMemory, TreeMemory } from '../../src/tree/treeMemory.ts';
import { compare, line } from './compare.ts';
import { connect } from './connections.ts';
import { ACTIONS, PACKAGES } from './fullAccount.ts';
import type { BenchWorld } from './world.ts';

/** Requests of one account that the tree makes at a time (`tree/accountQueue.ts`). */
const AT_ONCE = 4;

/** Opens the account with every package, against the bare requests that it takes. */
export async function openingFunctions({ functions: key }: BenchWorld): Promise<string> {
  const account: Account = {
    ...{ id: 'functions', name: 'bench', provider: 'naver', keyOwner: 'sub', zone: 'public', regions: ['KR'], platform: 'vpc' },
    lane: { stage: 'dev', access: 'full' },
    endpoints: { cloudFunctions: key.cloudFunctions },
  };
  const { connection, close } = connect(account, { keyId: key.accessKeyId, secret: key.secretKey });
  const client = new FunctionsClient(connection, 'KR');
  const dispatcher = new Agent();
  const comparison = await compare(
    `open ${ACTIONS} actions in ${PACKAGES} packages: tree and client against its ${PACKAGES + 2} signed requests, ${AT_ONCE} at a time`,
    { ours: () => openTree(account, client), bare: () => askAll(key, dispatcher) },
    30,
    5,
  );
  await dispatcher.close();
  await close();
  return line(comparison);
}

/** As VS Code does it: the rows of the region, then of all its packages at once; nothing is known before. */
async function openTree(account: Account, client: FunctionsClient): Promise<void> {
  const root = new AccountNode(account, () => []);
  const list = new FunctionsNode(root, { account, region: 'KR', title: 'Cloud Functions · KR' }, {
    memory: emptyMemory(),
    format: createFormatter('en'),
    pageSize: () => 100,
    testRegExp,
    now: Date.now,
    packages: new NodeMemory(),
    actions: new NodeMemory(),
    triggers: new NodeMemory(),
    activations: new NodeMemory(),
    activationRanges: new NodeMemory(),
    triggerDetails: new NodeMemory(),
    runs: new RunStore(),
    client: () => Promise.resolve(client),
  });
  const tree = new ResourceTree({ roots: () => [root], logError: () => undefined, wait, now: Date.now });
  const packages = (await tree.rows(list)).filter((row) => row instanceof PackageNode);
  const items: TreeItem[] = packages.map((row) => tree.getTreeItem(row));
  await Promise.all(packages.map(async (row) => {
    for (const action of await tree.rows(row)) items.push(tree.getTreeItem(action));
  }));
  tree.dispose();
  // The default package is there, and says that it is empty.
  if (items.length !== PACKAGES + 1 + ACTIONS + 1) throw new Error(`${items.length} rows`);
}

function emptyMemory(): TreeMemory {
  const state = new Map<string, unknown>();
  return new TreeMemory({
    keys: () => [...state.keys()],
    get: (key: string) => state.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
  });
}

/** The same lists by hand, as many at a time as the tree asks for, so as not to flood a service. */
async function askAll(key: BenchWorld['functions'], dispatcher: Agent): Promise<void> {
  const packages = (await ask(key, '/packages', dispatcher)) as readonly { readonly name: string }[];
  const names = ['-', ...packages.map(({ name }) => name)].values();
  let count = 0;
  const work = async (): Promise<void> => {
    for (const name of names) {
      const { actions } = (await ask(key, `/packages/${name}/actions`, dispatcher)) as { readonly actions: readonly unknown[] };
      count += actions.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (count !== ACTIONS) throw new Error(`${count} actions`);
}

/** One signed request (cloudfunctions.md §1.3), in the fewest words. */
async function ask({ cloudFunctions, accessKeyId, secretKey }: BenchWorld['functions'], path: string, dispatcher: Agent): Promise<unknown> {
  const target = `/ncf/api/v2${path}?platform=vpc`;
  const timestamp = Date.now().toString();
  const { body, statusCode } = await request(cloudFunctions + target, {
    dispatcher,
    headers: {
      'content-type': 'application/json',
      'x-ncp-apigw-timestamp': timestamp,
      'x-ncp-iam-access-key': accessKeyId,
      'x-ncp-apigw-signature-v2': createHmac('sha256', secretKey).update(`GET ${target}\n${timestamp}\n${accessKeyId}`).digest('base64'),
    },
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`Status ${statusCode}`);
  return (JSON.parse(text) as { readonly content: unknown }).content;
}
