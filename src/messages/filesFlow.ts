import { posix } from 'node:path';

import * as l10n from '@vscode/l10n';
import type { Uri } from 'vscode';

import { withPatience } from '../host/patience.ts';
import { CancelledError } from '../model/cloudError.ts';
import type { Formatter } from '../model/format.ts';
import type { MessageSource, SourceRef } from '../sending/source.ts';
import { type SourceKind, sourceKind } from '../sending/reading/sourceKind.ts';
import { askArray, askArrays, contentOfArray, isBareArray } from './sources/bareArray.ts';
import { findFiles } from './sources/findFiles.ts';
import { nameOf } from './sources/openDocuments.ts';
import { openSource } from './sources/openSource.ts';
import { Refusal } from './refusal.ts';
import type { SendFlowDeps } from './sendFlow.ts';
import { askTarget, sendingAccount, sendingAccounts } from './targets/targetChoice.ts';

/** How much of a file is looked at to know what it is, UTF-16 units. */
const MAX_HEAD = 1_048_576;

interface Found {
  readonly ref: SourceRef;
  readonly kind: SourceKind;
  readonly isArray: boolean;
  /** Whether all of it was looked at. */
  readonly isWhole: boolean;
}

/**
 * Sends the messages of files, and of files in folders: all to one topic, which is asked.
 * @throws Refusal, CancelledError
 */
export async function sendFiles(chosen: readonly Uri[], deps: SendFlowDeps): Promise<void> {
  const { options, memory, planner, plans } = deps;
  const { format, log } = options;
  sendingAccounts(options.accounts());
  const found = await withPatience(l10n.t('Looking for files with messages…'), async (signal) => lookAt(await list(chosen, format, signal), signal));
  const array = await arraysOf(found, deps);
  const [first] = found;
  const { target } = await askTarget(options, memory.recent(found.length === 1 ? (first?.ref.uri ?? '') : ''), undefined);
  const account = sendingAccount(options.accounts(), target.accountId);
  const remembered = found.length === 1 && first !== undefined
    ? memory.bind({ uri: first.ref.uri, isUntitled: false }, target, array)
    : memory.used(target);
  // The messages go out, whatever becomes of the memory.
  remembered.catch((error: unknown) => log.error('A target could not be remembered', error));
  const sources = await Promise.all(found.map(({ ref, kind, isArray }) => openSource(isArray ? { ...ref, content: contentOfArray(kind, array) } : ref)));
  const plan = await planner.plan({ sources, target, account, isShown: true });
  await plans.go(plan);
}

async function list(chosen: readonly Uri[], format: Formatter, signal: AbortSignal): Promise<readonly Uri[]> {
  const { files, isCut } = await findFiles(chosen, format, signal);
  if (signal.aborted) throw new CancelledError();
  if (files.length === 0) throw new Refusal(l10n.t('No file with messages was chosen: they end in .json, .jsonl or .ndjson.'));
  if (isCut) throw new Refusal(l10n.t('More than {0} files are too many for one run. Choose fewer.', format.count(files.length)));
  return files;
}

async function lookAt(files: readonly Uri[], signal: AbortSignal): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const uri of files) {
    if (signal.aborted) throw new CancelledError();
    const named: SourceRef = { uri: uri.toString(), name: nameOf(uri), format: 'json', content: 'value' };
    const head = await headOf(await openSource(named), signal);
    const kind = sourceKind(posix.basename(uri.path), undefined, head);
    found.push({ ref: { ...named, format: kind.format, content: kind.content }, kind, isArray: isBareArray(kind, head), isWhole: head.length < MAX_HEAD });
  }
  return found;
}

/** The beginning of a text; nothing where it cannot be read, which the plan says. */
async function headOf(source: MessageSource, signal: AbortSignal): Promise<string> {
  let head = '';
  try {
    for await (const piece of source.read(signal)) {
      head += piece;
      if (head.length >= MAX_HEAD) break;
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error;
  }
  return head;
}

/** How arrays among the files are sent; asked once for all of them. */
async function arraysOf(found: readonly Found[], { options, memory }: SendFlowDeps): Promise<'elements' | 'value' | undefined> {
  const arrays = found.filter(({ isArray }) => isArray);
  const [only] = arrays;
  if (only === undefined) return undefined;
  const known = found.length === 1 ? memory.bindingOf(only.ref.uri)?.array : undefined;
  if (known !== undefined) return known;
  const { prompts, format } = options;
  const { elements } = only.kind;
  if (found.length === 1 && only.isWhole) return elements > 1 ? askArray(prompts, elements, format) : undefined;
  return arrays.some(({ kind }) => kind.elements > 0) ? askArrays(prompts, arrays.length, format) : undefined;
}
