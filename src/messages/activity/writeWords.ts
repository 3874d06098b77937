import * as l10n from '@vscode/l10n';

import type { ResourceWrite } from '../../model/resourceWrite.ts';

/** What a request does to what it is about. */
export type WriteAct = 'create' | 'change' | 'delete' | 'run' | 'other';

/** A request in words. */
export interface WriteWords {
  readonly act: WriteAct;
  /** "Delete topic h4j6l-old"; method and path where the path is none we know. */
  readonly title: string;
}

/** The name of a Data Stream topic, of which paths have the id alone; `undefined` where it is not known. */
export type TopicName = (accountId: string, topicId: string) => string | undefined;

/** What the words of one path are made of: its parameters, decoded, and the body where it was kept. */
interface Found {
  readonly of: (parameter: string) => string;
  /** Name of what is created, where it was written down. */
  readonly name: string | undefined;
  /** Name of the topic `:topic`, or its id. */
  readonly topic: () => string;
  /** A text of the body, found by its path of properties. */
  readonly body: (...properties: readonly string[]) => string | undefined;
}

type Rule = readonly [method: string, path: string, act: WriteAct, title: (found: Found) => string];

const createTopic = (name: string | undefined): string => (name === undefined ? l10n.t('Create topic') : l10n.t('Create topic {0}', name));
const changeTopic = (name: string): string => l10n.t('Change topic {0}', name);
const deleteTopic = (name: string): string => l10n.t('Delete topic {0}', name);
const changeConnector = ({ topic }: Found): string => l10n.t('Change connector of {0}', topic());
const actionName = ({ of }: Found): string => (of('package') === '-' ? of('action') : `${of('package')}/${of('action')}`);

/** datastream.md §2 and §9 */
const DATA_STREAM: readonly Rule[] = [
  ['POST', '/api/v1/topics', 'create', ({ name, body }) => createTopic(name ?? body('name'))],
  ['PUT', '/api/v1/topics/:topic', 'change', ({ topic }) => changeTopic(topic())],
  ['DELETE', '/api/v1/topics/:topic', 'delete', ({ topic }) => deleteTopic(topic())],
  ['POST', '/api/v1/topics/:topic/connectors', 'create', ({ topic }) => l10n.t('Create connector of {0}', topic())],
  ['PUT', '/api/v1/topics/:topic/connectors/:connector', 'change', changeConnector],
  ['PUT', '/api/v1/topics/:topic/export/:connector', 'change', changeConnector],
  ['DELETE', '/api/v1/topics/:topic/connectors/:connector', 'delete', ({ topic }) => l10n.t('Delete connector of {0}', topic())],
  ['POST', '/api/v1/topics/:topic/schemas', 'create', ({ topic }) => l10n.t('Create schema of {0}', topic())],
  ['DELETE', '/api/v1/topics/:topic/schemas/:schema', 'delete', ({ topic }) => l10n.t('Delete schema of {0}', topic())],
  ['PUT', '/api/v1/topics/:topic/registry-config', 'change', ({ topic }) => l10n.t('Change schema compatibility of {0}', topic())],
];

/** easyqueue.md §2 */
const EASY_QUEUE: readonly Rule[] = [
  ['POST', '/v1.0/appkeys/:appKey/topics', 'create', ({ name, body }) => createTopic(name ?? body('topic', 'topicName'))],
  ['PUT', '/v1.0/appkeys/:appKey/topics/:name', 'change', ({ of }) => changeTopic(of('name'))],
  ['DELETE', '/v1.0/appkeys/:appKey/topics/:name', 'delete', ({ of }) => deleteTopic(of('name'))],
];

/** cloudfunctions.md §2; a PUT creates what is not there. */
const CLOUD_FUNCTIONS: readonly Rule[] = [
  ['PUT', '/api/v2/packages/:package', 'change', ({ of }) => l10n.t('Create or change package {0}', of('package'))],
  ['DELETE', '/api/v2/packages/:package', 'delete', ({ of }) => l10n.t('Delete package {0}', of('package'))],
  ['PUT', '/api/v2/packages/:package/actions/:action', 'change', (found) => l10n.t('Create or change action {0}', actionName(found))],
  ['POST', '/api/v2/packages/:package/actions/:action', 'run', (found) => l10n.t('Run action {0}', actionName(found))],
  ['DELETE', '/api/v2/packages/:package/actions/:action', 'delete', (found) => l10n.t('Delete action {0}', actionName(found))],
  ['PUT', '/api/v2/triggers/:trigger', 'change', ({ of }) => l10n.t('Create or change trigger {0}', of('trigger'))],
  ['POST', '/api/v2/triggers/:trigger', 'run', ({ of }) => l10n.t('Fire trigger {0}', of('trigger'))],
  ['DELETE', '/api/v2/triggers/:trigger', 'delete', ({ of }) => l10n.t('Delete trigger {0}', of('trigger'))],
  ['POST', '/api/v2/triggers/:trigger/link-action', 'change', ({ of }) => l10n.t('Link action to trigger {0}', of('trigger'))],
  ['DELETE', '/api/v2/triggers/:trigger/link-action', 'change', ({ of }) => l10n.t('Unlink action from trigger {0}', of('trigger'))],
];

const RULES: readonly Rule[] = [...DATA_STREAM, ...EASY_QUEUE, ...CLOUD_FUNCTIONS];
const ACTS: Readonly<Record<string, WriteAct>> = { POST: 'create', PUT: 'change', DELETE: 'delete' };

/** What a request does, from what the documents say of its path. */
export function writeWords(write: ResourceWrite, topicName: TopicName): WriteWords {
  const { method, target, accountId, name } = write;
  const path = target.split('?')[0] ?? '';
  // v2.0 and v2.1 of Cloud Functions differ in the front of their paths (cloudfunctions.md §1.2).
  const steps = path.replace(/^\/ncf(?=\/api\/v2\/)/, '').split('/').map(decoded);
  for (const [ruleMethod, rulePath, act, title] of RULES) {
    const parameters = method === ruleMethod ? matched(steps, rulePath.split('/')) : undefined;
    if (parameters === undefined) continue;
    const of = (parameter: string): string => parameters.get(parameter) ?? '';
    const topic = (): string => name ?? topicName(accountId, of('topic')) ?? of('topic');
    return { act, title: title({ of, name, topic, body: (...properties) => textIn(write.body, properties) }) };
  }
  return { act: ACTS[method] ?? 'other', title: `${method} ${path}` };
}

function matched(steps: readonly string[], rule: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (steps.length !== rule.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, step] of rule.entries()) {
    const given = steps[index] ?? '';
    if (step.startsWith(':') && given !== '') parameters.set(step.slice(1), given);
    else if (step !== given) return undefined;
  }
  return parameters;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function textIn(body: string | undefined, properties: readonly string[]): string | undefined {
  if (body === undefined) return undefined;
  try {
    let value: unknown = JSON.parse(body);
    for (const property of properties) value = (value as Readonly<Record<string, unknown>> | null)?.[property];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
