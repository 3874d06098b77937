import { CodeLens, l10n, Range, type Uri } from 'vscode';

import { COMMANDS } from '../../../ids.ts';
import { permits } from '../../../model/account.ts';
import { stageBadge } from '../../../model/accountWords.ts';
import { oneLine, withoutIcons } from '../../../model/format.ts';
import { bindingOf } from '../actions/deployBinding.ts';
import { boundTarget } from '../actions/deployTarget.ts';
import type { FunctionsDeps } from '../context.ts';

/** What can be done from a local file with the action it is deployed to; nothing where it is deployed to none. Reads memory alone. */
export function lensesOn(uri: Uri, { state, account: accountOf }: Pick<FunctionsDeps, 'state' | 'account'>): CodeLens[] {
  const target = boundTarget(bindingOf(uri, state), { account: accountOf });
  if (target === undefined) return [];
  const { place: { account, region }, pkg, name } = target;
  const subject = { accountId: account.id, region, pkg, name };
  const { lane: { access, stage } } = account;
  const where = [name, account.name, stageBadge(stage)].map((part) => withoutIcons(oneLine(part))).join(' · ');
  const lens = (title: string, command: string, argument: unknown): CodeLens => new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [argument] });
  return [
    ...(permits(access, 'send') ? [lens(l10n.t('Run {0}', where), COMMANDS.runCode, subject)] : []),
    ...(permits(access, 'write') ? [lens(l10n.t('Deploy'), COMMANDS.deployCode, uri)] : []),
    lens(l10n.t('Activations'), COMMANDS.showActivations, subject),
  ];
}
