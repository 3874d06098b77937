import * as l10n from '@vscode/l10n';

import { oneLine } from '../../src/model/format.ts';
import type { BoardCard } from '../../src/protocol/board.ts';
import type { CardHead, PageParts, PartEvent } from '../../src/protocol/dashboard.ts';
import type { SeriesTable } from '../../src/protocol/series.ts';
import { el, keyed, setContent } from '../dom.ts';
import type { MakePage, PageContext } from '../page.ts';
import { factList, type Fact } from '../parts/facts.ts';
import { button } from '../parts/inputs.ts';
import { createNumbers, type Numbers } from '../parts/numbers.ts';
import { section } from '../parts/section.ts';
import { sparkline } from '../parts/sparkline.ts';
import { toneMark } from '../parts/tone.ts';
import { toned } from '../parts/toned.ts';

type Group = NonNullable<BoardCard['groups']>[number];

/** Groups that a card has room for; the topic's own page has them all. */
const MOST_GROUPS = 4;

/** The pinned topics side by side, each a card. */
export const boardPage: MakePage = (root, context) => {
  const heads = context.init.cards ?? [];
  const numbers = createNumbers(context.format);
  if (heads.length === 0) root.append(el('p', { class: 'empty' }, l10n.t('No topic is pinned yet: pin topics in the tree to see them here side by side.')));
  const cards = new Map(heads.map((head, index) => [cardName(index), card(head, cardName(index), context, numbers)]));
  root.append(...[...cards.values()].map(({ element }) => element));
  const last = new Map<string, PartEvent>();
  return {
    part: (event) => {
      const shown = cards.get(event.part);
      last.set(event.part, { ...last.get(event.part), ...event });
      shown?.frame.show(event);
      // The host makes it, in the same release.
      if (event.data !== undefined) shown?.show(event.data as PageParts['board'][`card:${number}`]);
    },
    view: () => {
      // Times are those of another zone, maybe.
      for (const [part, event] of last) cards.get(part)?.frame.show(event);
    },
  };
};

function cardName(index: number): string {
  return `card:${index}`;
}

function card({ ref, where, stage }: CardHead, part: string, context: PageContext, numbers: Numbers) {
  const open = button({
    text: l10n.t('Open'),
    label: l10n.t('{0}: {1}', l10n.t('Open'), oneLine(ref.name)),
    onPress: () => context.call({ type: 'open', part, key: part }),
  });
  const frame = section({
    title: oneLine(ref.name),
    part,
    context,
    tools: [open],
    where: [where, stage === '' ? undefined : el('span', { class: 'stage' }, stage), ' '],
  });
  const status = el('p');
  const facts = factList();
  const groups = groupList(numbers);
  const line = sparkline();
  line.element.hidden = true;
  frame.element.classList.add('card');
  frame.body.append(status, facts.element, groups.element, line.element);
  return {
    frame,
    element: frame.element,
    show: (data: BoardCard) => {
      status.hidden = data.status === undefined;
      if (data.status !== undefined) setContent(status, toned(data.tone, oneLine(data.status), data.statusWords));
      facts.show(cardFacts(data, numbers));
      groups.show(data.groups);
      line.element.hidden = data.rate === undefined;
      if (data.rate !== undefined) line.show(data.rate, rateWords(data.rate, context, numbers));
    },
  };
}

function cardFacts({ partitionCount, messageCount, more }: BoardCard, numbers: Numbers): readonly Fact[] {
  return [
    ...(messageCount === undefined ? [] : [{ label: l10n.t('Messages'), value: numbers.whole(messageCount) }]),
    ...(partitionCount === undefined ? [] : [{ label: l10n.t('Partitions'), value: numbers.whole(partitionCount) }]),
    ...more,
  ];
}

function groupList(numbers: Numbers) {
  const list = el('ul', { class: 'groups', 'aria-label': l10n.t('Consumer groups') });
  const rest = el('p', { class: 'note' });
  const show = keyed<Group>(list, {
    key: ({ name }) => name,
    make: () => el('li'),
    update: (item, { name, lag, state, tone }) => {
      const next = [
        el('span', { class: 'name' }, oneLine(name)),
        state === undefined ? undefined : toneMark(tone, oneLine(state)),
        el('span', {}, l10n.t('lag {0}', numbers.whole(lag))),
      ].filter((part) => part !== undefined);
      if (next.some((part, index) => item.children[index]?.isEqualNode(part) !== true) || item.children.length !== next.length) item.replaceChildren(...next);
    },
  });
  return {
    element: el('div', {}, list, rest),
    show: (groups: BoardCard['groups']) => {
      show(groups?.slice(0, MOST_GROUPS) ?? []);
      list.hidden = groups === undefined || groups.length === 0;
      rest.textContent = restWords(groups, numbers);
    },
  };
}

function restWords(groups: BoardCard['groups'], numbers: Numbers): string {
  if (groups === undefined) return '';
  if (groups.length === 0) return l10n.t('No consumer group yet: it appears when a client joins.');
  const more = groups.length - MOST_GROUPS;
  if (more <= 0) return '';
  return more === 1 ? l10n.t('1 more group') : l10n.t('{0} more groups', numbers.whole(more));
}

/** What the line says, in the unit of its values. */
function rateWords({ unit }: SeriesTable, { format }: PageContext, numbers: Numbers): (last: number, most: number) => string {
  const value = (amount: number): string => {
    switch (unit) {
      case 'bytesPerSecond':
        return l10n.t('{0}/s', format.bytes(amount));
      case 'bytes':
        return format.bytes(amount);
      case 'messagesPerSecond':
        return numbers.rate(amount);
      case 'milliseconds':
        return format.duration(amount);
      case 'messages':
      case 'count':
        return numbers.whole(Math.round(amount));
    }
  };
  return (last, most) => l10n.t('Bytes in: {0} now, {1} at most in the last hour', value(last), value(most));
}
