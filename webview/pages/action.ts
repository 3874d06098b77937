import * as l10n from '@vscode/l10n';

import type { ActionFacts, ActivationSlices } from '../../src/protocol/action.ts';
import type { PageParts } from '../../src/protocol/dashboard.ts';
import { ChartGroup, timeChart } from '../charts/timeChart.ts';
import { el, keyed, setText } from '../dom.ts';
import type { MakePage, PageContext } from '../page.ts';
import { activationBars, BAR_TONES, durationLines } from '../parts/activationSeries.ts';
import { activationFacts, activationNotes } from '../parts/activationWords.ts';
import { factList } from '../parts/facts.ts';
import type { Fact } from '../parts/facts.ts';
import { latestActivations } from '../parts/latestActivations.ts';
import { createNumbers } from '../parts/numbers.ts';
import { PartList } from '../parts/partList.ts';

type Parts = PageParts['action'];

/** An action of Cloud Functions: its limits, its activations over time, and the newest of them. */
export const actionPage: MakePage = (root, context) => {
  const parts = new PartList<Parts>(context);
  const time = activationsOverTime(context);
  const newest = latestActivations(context);
  root.append(
    actionPart(parts),
    parts.add({ part: 'slices', title: l10n.t('Activations'), isWide: true, content: time.content, show: (data) => time.show(data), dispose: () => time.dispose() }),
    parts.add({
      part: 'latest',
      title: l10n.t('Newest activations'),
      isWide: true,
      content: [el('div', { class: 'long' }, newest.element)],
      show: (rows) => newest.rows(rows),
    }),
  );
  return {
    part: (event) => {
      if (event.part === 'slices') time.reading(event.isReading);
      parts.take(event);
    },
    view: () => {
      time.redraw();
      parts.redraw();
    },
    dispose: () => parts.dispose(),
  };
};

function actionPart(parts: PartList<Parts>): HTMLElement {
  const facts = factList();
  return parts.add({ part: 'action', title: l10n.t('Action'), isWide: true, content: [facts.element], show: (action) => facts.show(actionLines(action)) });
}

function actionLines({ kind, more }: ActionFacts): readonly Fact[] {
  return [...(kind === undefined ? [] : [{ label: l10n.t('Runtime'), value: kind }]), ...more];
}

/** Totals in words, bars, lines, and what has to be known to read them right. */
function activationsOverTime(context: PageContext) {
  const numbers = createNumbers(context.format);
  const totals = factList();
  const notes = el('div', { class: 'notes' });
  const showNotes = keyed<string>(notes, { key: (text) => text, make: () => el('p', { class: 'note' }), update: setText });
  const group = new ChartGroup(context);
  const bars = timeChart({ id: 'activations', part: 'slices', title: l10n.t('Activations by outcome'), context, group, kind: 'bars', tones: BAR_TONES });
  const lines = timeChart({ id: 'durations', part: 'slices', title: l10n.t('Durations (p50 and p95)'), context, group });
  let data: ActivationSlices | undefined;
  let isReading = false;
  const words = (): void => {
    if (data === undefined) return;
    totals.show(activationFacts(data, context, numbers));
    showNotes(activationNotes(data, isReading, context));
  };
  return {
    content: [totals.element, notes, group.element, el('div', { class: 'over-time' }, bars.element, lines.element)],
    reading: (is: boolean) => {
      if (isReading === is) return;
      isReading = is;
      words();
    },
    show: (next: ActivationSlices) => {
      data = next;
      words();
      bars.show(activationBars(next));
      lines.show(durationLines(next));
    },
    redraw: () => group.view(),
    dispose: () => {
      bars.dispose();
      lines.dispose();
      group.dispose();
    },
  };
}
