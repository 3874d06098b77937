import * as l10n from '@vscode/l10n';

import type { LatestActivation } from '../../src/protocol/action.ts';
import { oneLine } from '../../src/model/format.ts';
import { createValueWords } from '../charts/words.ts';
import { el } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { table } from '../table.ts';
import type { Table } from '../table.ts';
import { linkButton } from './inputs.ts';
import { compareKnown, UNKNOWN } from './numbers.ts';
import { toneMark } from './tone.ts';

/** How much of an id tells activations apart for people. */
const SHORT_ID = 8;

/** The newest activations; a row opens its result and its logs. */
export function latestActivations(context: PageContext): Table<LatestActivation> {
  const words = createValueWords(context.format);
  return table<LatestActivation>({
    id: 'latest',
    caption: l10n.t('Newest activations'),
    ui: context.ui,
    key: ({ activationId }) => activationId,
    empty: l10n.t('No activation in this time.'),
    columns: [
      {
        id: 'activation',
        title: l10n.t('Activation'),
        header: true,
        cell: ({ activationId }) => openButton(activationId, context),
      },
      {
        id: 'status',
        title: l10n.t('Status'),
        sort: (a, b) => context.format.compare(a.words, b.words),
        cell: ({ tone, words: status }) => toneMark(tone, oneLine(status)),
      },
      {
        id: 'duration',
        title: l10n.t('Duration'),
        align: 'end',
        sort: (a, b) => compareKnown(a.durationMs, b.durationMs),
        cell: ({ durationMs }) => words.value(durationMs, 'milliseconds'),
      },
      {
        id: 'when',
        title: l10n.t('Started (between)'),
        align: 'end',
        sort: (a, b) => compareKnown(a.fromMs, b.fromMs),
        cell: (row) => whenText(row, context),
      },
    ],
  });
}

function openButton(activationId: string, context: PageContext): Node {
  const short = oneLine(activationId.slice(0, SHORT_ID).toWellFormed());
  const button = linkButton(short, () => context.call({ type: 'open', part: 'latest', key: activationId }));
  button.title = l10n.t('{0}: open result and logs', oneLine(activationId));
  return el('span', { class: 'id' }, button);
}

/** The list tells no times: all that is known is the slice it was found in. */
function whenText({ fromMs, toMs }: LatestActivation, { time }: PageContext): string {
  if (fromMs === undefined || toMs === undefined) return UNKNOWN;
  const isOneDay = time.dateTime(fromMs).slice(0, 10) === time.dateTime(toMs).slice(0, 10);
  return l10n.t('{0} – {1}', time.dateTime(fromMs), isOneDay ? time.clockZone(toMs) : time.dateTimeZone(toMs));
}
