import * as l10n from '@vscode/l10n';

import type { Formatter } from '../../../model/format.ts';
import { nextFirings, firingText } from '../../../model/cron.ts';
import type { Answer } from '../../createWizard.ts';
import { parametersOf, parametersText } from '../wizardParts.ts';
import { entryText, listStepOf } from './entrySteps.ts';
import { sourceOf } from './triggerDraft.ts';
import type { ListedType, TriggerDraft } from './triggerDraft.ts';
import { typeName } from './triggerTypes.ts';

/** All answers of a new trigger, for the last look. The token is not among them. */
export function triggerAnswers(draft: TriggerDraft, format: Formatter, nowMs: number): readonly Answer[] {
  const { type, name, description } = draft;
  return [
    { label: l10n.t('Type'), text: typeName(type), step: 'type' },
    { label: l10n.t('Name'), text: name, step: 'name' },
    ...sourceAnswers(draft, format, nowMs),
    { label: l10n.t('Description'), text: description === '' ? l10n.t('none') : description, step: 'description' },
    { label: l10n.t('Parameters'), text: parametersText(parametersOf(draft)), step: 'parameters' },
  ];
}

function sourceAnswers(draft: TriggerDraft, format: Formatter, nowMs: number): readonly Answer[] {
  const source = sourceOf(draft);
  switch (source.type) {
    case 'cron': {
      const [next] = nextFirings(source.cronOption, 1, nowMs);
      const when = next === undefined ? l10n.t('never') : l10n.t('next {0}', firingText(next, format));
      return [{ label: l10n.t('Schedule'), text: `${source.cronOption} · ${when}`, step: 'preset' }];
    }
    case 'github': {
      const { credential: { username, repository }, events, link } = source;
      return [
        { label: l10n.t('GitHub user'), text: username, step: 'username' },
        { label: l10n.t('Access token'), text: l10n.t('typed, not shown'), step: 'accessToken' },
        { label: l10n.t('Repository'), text: repository, step: 'repository' },
        { label: l10n.t('Events'), text: events.join(', '), step: 'events' },
        { label: l10n.t('API Gateway product'), text: link?.product ?? '', step: 'product' },
        { label: l10n.t('API'), text: link?.apiName ?? '', step: 'apiName' },
        { label: l10n.t('Stage of the API'), text: link?.stageName ?? '', step: 'stageName' },
      ];
    }
    case 'insight':
    case 'object_storage':
      return [{ label: l10n.t('Event rules'), text: entriesOf(source.type, draft), step: listStepOf(source.type) }];
    case 'source_commit':
      return [{ label: l10n.t('Webhooks'), text: entriesOf(source.type, draft), step: listStepOf(source.type) }];
    case 'secret_manager':
      return [{ label: l10n.t('Secret'), text: source.secretName, step: 'secretName' }];
  }
}

function entriesOf(type: ListedType, { entries }: TriggerDraft): string {
  const texts = entries[type].map((entry) => entryText(type, entry));
  return texts.length === 0 ? l10n.t('none') : texts.join(', ');
}
