import * as l10n from '@vscode/l10n';

import type { PickItem } from '../host/prompts.ts';
import type { WizardStep } from '../host/wizard.ts';
import type { Account, AccountSecrets } from '../model/account.ts';
import { CancelledError, CloudError } from '../model/cloudError.ts';
import type { CloudErrorReason } from '../model/cloudError.ts';
import { accessName, platformName, stageName, zoneName } from '../model/accountWords.ts';
import { problemOf } from '../model/problem.ts';
import { accountOf, ENDPOINTS, secretsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { endpointStepId } from './endpointSteps.ts';
import { lineItems, testSummary } from './testConnection.ts';
import type { TestLine } from './testConnection.ts';

/** What the last step does with the account. */
export interface ReviewDeps {
  /** Tries the account as it is; see `testConnection`. */
  readonly test: (account: Account, secrets: AccountSecrets, signal: AbortSignal, onLines: (lines: readonly TestLine[]) => void) => Promise<readonly TestLine[]>;
  readonly save: (account: Account, secrets: AccountSecrets) => Promise<void>;
}

type Choice = { readonly do: 'save' | 'test' | 'advanced' } | { readonly do: 'go'; readonly step: string };

/**
 * The last step: the connection is tested before anything is saved, and every answer can be changed from here. A test that fails
 * leads to the answer it is about; saving is possible all the same.
 */
export function reviewStep({ test, save }: ReviewDeps): WizardStep<Draft> {
  return {
    id: 'review',
    run: async (prompts, draft) => {
      draft.isReviewed = true;
      draft.isAdvanced = false;
      let trouble: string | undefined;
      for (;;) {
        const account = accountOf(draft);
        const secrets = secretsOf(draft);
        const choice = await prompts.pick<Choice>({
          placeholder: trouble ?? l10n.t('Test the connection and save the account'),
          items: secrets === undefined
            ? [{ label: l10n.t('Enter the keys'), icon: 'key', value: { do: 'go', step: 'keyId' } }, ...fieldItems(draft)]
            : (show, signal) => showTest((lines, isDone) => show([...saveItems(lines, isDone, draft.isDemo), ...fieldItems(draft)]), (onLines) => test(account, secrets, signal, onLines)),
        });
        if (choice.do === 'go') return choice.step;
        if (choice.do === 'advanced') {
          draft.isAdvanced = true;
          return endpointStepId(ENDPOINTS[draft.provider][0] ?? 'dataStream');
        }
        if (choice.do === 'save' && secrets !== undefined) {
          try {
            await save(account, secrets);
            return undefined;
          } catch (error) {
            if (error instanceof CancelledError) throw error;
            // The wizard stays open: what was typed is not lost because it could not be written.
            trouble = l10n.t('Not saved: {0}', problemOf(error, { accountName: account.name })?.message ?? '');
          }
        }
      }
    },
  };
}

async function showTest(
  show: (lines: readonly TestLine[], isDone: boolean) => void,
  run: (onLines: (lines: readonly TestLine[]) => void) => Promise<readonly TestLine[]>,
): Promise<void> {
  show([], false);
  try {
    show(await run((lines) => show(lines, false)), true);
  } catch (error) {
    // Answered before the test was through.
    if (!(error instanceof CancelledError)) throw error;
  }
}

function saveItems(lines: readonly TestLine[], isDone: boolean, isDemo: boolean): readonly PickItem<Choice>[] {
  const isOk = lines.every((line) => line.isOk);
  const save = !isDone
    ? { label: l10n.t('Save without waiting'), description: l10n.t('Testing the connection…') }
    : { label: isOk ? l10n.t('Save') : l10n.t('Save anyway'), description: testSummary(lines) };
  const saveItem: PickItem<Choice> = { ...save, icon: 'save', value: { do: 'save' }, alwaysShow: true };
  const results = lineItems<Choice>(lines, (line) => {
    const step = line.isOk ? undefined : stepFor(line.error, isDemo);
    return step === undefined ? { do: 'test' } : { do: 'go', step };
  });
  if (!isDone) return [saveItem, ...results];
  const again: PickItem<Choice> = { label: l10n.t('Test again'), icon: 'refresh', value: { do: 'test' }, alwaysShow: true };
  // Enter goes to what is wrong, and saves only what works.
  return isOk ? [saveItem, ...results, again] : [...results, again, saveItem];
}

/** The question whose answer a failure is about. */
function stepFor(error: unknown, isDemo: boolean): string | undefined {
  if (isDemo || !(error instanceof CloudError)) return undefined;
  return error.details.reason === undefined ? undefined : STEPS[error.details.reason];
}

const STEPS: Readonly<Partial<Record<CloudErrorReason, string>>> = {
  credentials: 'keyId',
  userAccessKey: 'keyId',
  token: 'keyId',
  mainAccountKey: 'keyOwner',
  appKey: 'appKeys',
  lane: 'access',
};

function fieldItems(draft: Draft): readonly PickItem<Choice>[] {
  const field = (label: string, description: string, step: string): PickItem<Choice> => ({ label, description, value: { do: 'go', step } });
  const { provider, keyOwner, zone, regions, platform, appKeys, stage, access, isDemo } = draft;
  const custom = ENDPOINTS[provider].filter((name) => (draft.endpoints[name] ?? '') !== '').length;
  const naver = [
    field(l10n.t('Key owner'), keyOwner === 'sub' ? l10n.t('Sub account') : l10n.t('Main account'), 'keyOwner'),
    field(l10n.t('Zone'), zoneName(zone), 'zone'),
    ...(zone === 'public'
      ? [field(l10n.t('Regions of Cloud Functions'), regions.join(', '), 'regions'), field(l10n.t('Platform'), platformName(platform), 'platform')]
      : []),
  ];
  const nhn = [field(l10n.t('App keys'), appKeys.map(({ label }) => label).join(', '), appKeys.length === 0 ? 'appKey' : 'appKeys')];
  const items = [
    field(l10n.t('Name'), draft.name, 'name'),
    ...(isDemo ? [] : [field(l10n.t('Keys'), '', 'keyId'), ...(provider === 'naver' ? naver : nhn)]),
    field(l10n.t('Stage'), stageName(stage), 'stage'),
    field(l10n.t('Access'), accessName(access), 'access'),
    ...(isDemo ? [] : [{
      label: l10n.t('Advanced: custom endpoints…'),
      description: custom === 0 ? l10n.t('none') : String(custom),
      value: { do: 'advanced' as const },
    }]),
  ];
  return items.map((item, index) => (index === 0 ? { ...item, heading: l10n.t('Change') } : item));
}
