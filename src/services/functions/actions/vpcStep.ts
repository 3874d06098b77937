import * as l10n from '@vscode/l10n';
import type { Memento } from 'vscode';

import type { FunctionsClient } from '../../../api/functions/client.ts';
import type { PickItem, Prompts } from '../../../host/prompts.ts';
import type { WizardStep } from '../../../host/wizard.ts';
import { ifThere } from '../../../model/cloudError.ts';
import { SEQUENCE_RUNTIME } from '../../../model/functions.ts';
import type { ActionVpc } from '../../../model/functions.ts';
import { asking } from '../../createWizard.ts';
import type { FunctionsPlace } from '../context.ts';
import { vpcText } from './actionDraft.ts';
import type { ActionDraft, NumberedVpc as Vpc } from './actionDraft.ts';
import type { LoadActions } from './sequenceStep.ts';
import { errorNote } from '../wizardParts.ts';

/** What asking for a VPC needs. */
export interface VpcDeps {
  readonly place: FunctionsPlace;
  readonly client: Pick<FunctionsClient, 'getAction'>;
  readonly load: LoadActions;
  readonly state: Pick<Memento, 'get' | 'update'>;
}

const STATE_KEY = 'cloudStreams.functions.vpcs';
/** Actions that are looked at for a VPC: each costs a request, and its code with it. */
const MOST_READ = 5;

/** Whether actions of an account run in a VPC there (cloudfunctions.md §1.1: financial always, government never, abroad always). */
export function runsInVpc({ account, region }: FunctionsPlace): boolean {
  if (account.provider !== 'naver' || account.zone === 'government') return false;
  return account.zone === 'financial' || region !== 'KR' || account.platform === 'vpc';
}

/** Whether an action can be a container image: v2.1 in a VPC (cloudfunctions.md §10.1). */
export function takesImages(place: FunctionsPlace): boolean {
  return runsInVpc(place);
}

/** Asks for the VPC of a new action. */
export function vpcStep(deps: VpcDeps): WizardStep<ActionDraft> {
  return {
    id: 'vpc',
    applies: ({ source }) => source !== 'sequence' && runsInVpc(deps.place),
    run: async (prompts, draft) => {
      draft.vpc = await askVpc(prompts, deps, draft.vpc, (question) => asking(draft, 'vpc', question));
      return undefined;
    },
  };
}

/** Asks for a VPC: one that was used or seen, or other numbers. @throws CancelledError, BackError */
export async function askVpc(prompts: Prompts, deps: VpcDeps, before: Vpc | undefined, ask: (question: string) => string): Promise<Vpc> {
  const last = lastVpc(deps);
  const known = [before, last].filter((vpc) => vpc !== undefined);
  const chosen = await prompts.pick<Vpc | 'other'>({
    placeholder: ask(l10n.t('Where does the action run? The numbers are in the console, below VPC.')),
    items: async (show, signal) => {
      const seen: Vpc[] = [];
      // As long as there is none to choose, Enter is not to ask for numbers.
      if (known.length > 0) show(rowsOf(known, last));
      try {
        await seenVpcs(deps, signal, (vpc) => {
          seen.push(vpc);
          show(rowsOf([...known, ...seen], last));
        });
      } finally {
        show(rowsOf([...known, ...seen], last));
      }
    },
  });
  return chosen === 'other' ? askNumbers(prompts, before ?? last) : chosen;
}

/** Remembers what an account used last. */
export async function rememberVpc({ place, state }: Pick<VpcDeps, 'place' | 'state'>, vpc: ActionVpc | undefined): Promise<void> {
  if (vpc?.vpcNo === undefined || vpc.subnetNo === undefined) return;
  await state.update(STATE_KEY, { ...stored(state), [keyOf(place)]: { vpcNo: vpc.vpcNo, subnetNo: vpc.subnetNo } });
}

function lastVpc({ place, state }: Pick<VpcDeps, 'place' | 'state'>): Vpc | undefined {
  const value = stored(state)[keyOf(place)];
  if (typeof value !== 'object' || value === null) return undefined;
  const { vpcNo, subnetNo } = value as Readonly<Record<string, unknown>>;
  return typeof vpcNo === 'number' && typeof subnetNo === 'number' ? { vpcNo, subnetNo } : undefined;
}

function stored(state: Pick<Memento, 'get'>): Readonly<Record<string, unknown>> {
  const value = state.get<unknown>(STATE_KEY);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function keyOf({ account, region }: FunctionsPlace): string {
  return `${account.id}/${region}`;
}

function rowsOf(known: readonly Vpc[], last: Vpc | undefined): readonly PickItem<Vpc | 'other'>[] {
  const each = known.filter((vpc, index) => known.findIndex((one) => isSame(one, vpc)) === index);
  const rows = each.map((vpc): PickItem<Vpc | 'other'> => ({
    label: vpcText(vpc), value: vpc, description: last !== undefined && isSame(vpc, last) ? l10n.t('used last') : undefined,
  }));
  return [...rows, { label: l10n.t('Other numbers…'), icon: 'edit', value: 'other', alwaysShow: true }];
}

function isSame(a: Vpc, b: Vpc): boolean {
  return a.vpcNo === b.vpcNo && a.subnetNo === b.subnetNo;
}

/** Those of other actions of the account; a few are looked at. */
async function seenVpcs({ client, load }: VpcDeps, signal: AbortSignal, found: (vpc: Vpc) => void): Promise<void> {
  const lists: { pkg: string; name: string; runtime: string | undefined }[] = [];
  await load((actions) => {
    lists.splice(0, lists.length, ...actions);
  }, signal);
  for (const { pkg, name } of lists.filter(({ runtime }) => runtime !== SEQUENCE_RUNTIME).slice(0, MOST_READ)) {
    const action = await ifThere(client.getAction(pkg, name, signal));
    for (const { vpcNo, subnetNo } of action?.vpc ?? []) {
      if (vpcNo !== undefined && subnetNo !== undefined) found({ vpcNo, subnetNo });
    }
  }
}

async function askNumbers(prompts: Prompts, before: Vpc | undefined): Promise<Vpc> {
  const typed = await prompts.input({
    prompt: l10n.t('Number of the VPC and number of the subnet, with a comma between them. In Korea only subnets of zone KR-2 can be used.'),
    placeholder: '21538, 45007',
    value: before === undefined ? '' : `${before.vpcNo}, ${before.subnetNo}`,
    validate: (text) => errorNote(readNumbers(text) === undefined ? l10n.t('Enter two numbers, such as {0}.', '21538, 45007') : undefined),
  });
  // It passed its check.
  return readNumbers(typed) ?? { vpcNo: 0, subnetNo: 0 };
}

function readNumbers(text: string): Vpc | undefined {
  const [, vpcNo, subnetNo] = /^(\d{1,15})\s*[,\s]\s*(\d{1,15})$/.exec(text.normalize('NFKC').trim()) ?? [];
  if (vpcNo === undefined || subnetNo === undefined || Number(vpcNo) === 0 || Number(subnetNo) === 0) return undefined;
  return { vpcNo: Number(vpcNo), subnetNo: Number(subnetNo) };
}
