import type { DocumentType, DocumentValue, DocumentValues, EditableType } from '../../../src/documents/documentType.ts';
import { isObjectValue } from '../../../src/documents/values.ts';
import { CloudError } from '../../../src/model/cloudError.ts';
import type { CommandId } from '../../../src/ids.ts';

/** What a service keeps of an action; undefined code: it is gone. */
export interface CodeCloud {
  code: string | undefined;
  updates: number;
  /** Asked before a change leaves. */
  ask: (signal: AbortSignal | undefined) => Promise<void>;
}

/** What a service keeps of an action's settings. */
export interface SettingsCloud {
  settings: DocumentValues;
}

export function codeCloud(code: string): CodeCloud {
  return { code, updates: 0, ask: () => Promise.resolve() };
}

/** Source code as a document, for tests of what is above any one service: the last key is the ending of its file. */
export function codeDocument(cloud: CodeCloud, command: CommandId): DocumentType {
  return {
    kind: 'test.code',
    ending: ({ keys }) => (keys.length === 2 ? `.${keys[1] ?? ''}` : undefined),
    title: ({ name }) => `Code of "${name}"`,
    verb: () => 'Deploy',
    lenses: ({ keys, name }) => [{ title: `Run ${name}`, command, arguments: keys }],
    view: () => Promise.resolve({ size: cloud.code?.length }),
    raw: () => Promise.resolve('{}'),
    edit: () => Promise.resolve(codeEditing(cloud)),
  };
}

/** How it is changed. */
export function codeEditing(cloud: Pick<CodeCloud, 'code'> & Partial<CodeCloud>): EditableType {
  const now = () => {
    if (cloud.code === undefined) throw new CloudError('notFound', { reason: 'resourceGone' });
    return { values: { code: cloud.code }, state: undefined };
  };
  return {
    text: 'whole',
    fields: [{
      name: 'code',
      label: () => 'Code',
      check: (value) => {
        if (typeof value !== 'string' || value === '') return 'The action has no code.';
        return value.startsWith('syntax error') ? 'Not JavaScript.' : undefined;
      },
      change: (from, to) => `Code: ${sizeOf(from)} → ${sizeOf(to)} characters`,
    }],
    read: () => Promise.resolve().then(now),
    update: async (_ref, _remote, { code }, signal) => {
      await cloud.ask?.(signal);
      if (typeof code === 'string') cloud.code = code;
      cloud.updates = (cloud.updates ?? 0) + 1;
      return now();
    },
    notes: (_remote, { code }) => (sizeOf(code) > 100 ? ['The service did not tell the GitHub token.', 'It may be lost.'] : []),
    fieldOf: () => 'code',
  };
}

/** Settings with lists and objects, and a rule for two of them. */
export function settingsEditing(cloud: SettingsCloud): EditableType {
  return {
    fields: [
      { name: 'main', label: () => 'Main', check: () => undefined, isOptional: true },
      { name: 'memory', label: () => 'Memory', check: memoryProblem },
      { name: 'parameters', label: () => 'Parameters', check: (value) => (isObjectValue(value) ? undefined : 'Enter an object.'), isOptional: true },
    ],
    checkTogether: ({ main, memory, parameters }) => [
      ...(isObjectValue(parameters) && parameters['deep'] === true && Number(memory) > 256 ? [{ field: 'memory', message: 'A deep action has 256 MB at most.' }] : []),
      ...(main === 'nowhere' ? [{ field: 'place', message: 'There is no such place.' }] : []),
    ],
    read: () => Promise.resolve({ values: cloud.settings, state: undefined }),
    update: (_ref, _remote, values) => Promise.resolve({ values: cloud.settings = values, state: undefined }),
    fieldOf: () => undefined,
  };
}

function memoryProblem(value: DocumentValue): string | undefined {
  if (typeof value !== 'number') return 'Enter a whole number.';
  return value >= 128 && value <= 1024 ? undefined : 'An action has 128 to 1024 MB.';
}

function sizeOf(code: DocumentValue | undefined): number {
  return typeof code === 'string' ? code.length : 0;
}
