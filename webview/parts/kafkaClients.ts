import * as l10n from '@vscode/l10n';

import type { DataStreamFacts } from '../../src/protocol/dataStream.ts';
import { el, setText } from '../dom.ts';
import type { PageContext } from '../page.ts';
import { button, select } from './inputs.ts';
import type { Select } from './inputs.ts';

/** Where Kafka clients find a topic, and what they are set to; the host copies what it showed. */
export function kafkaClients(context: PageContext) {
  const copy = (key: string): void => context.call({ type: 'open', part: 'topic', key });
  const endpoint = el('code');
  const where = el(
    'p',
    { class: 'endpoint' },
    el('span', { class: 'name' }, l10n.t('Kafka endpoint')), ' ', endpoint, ' ',
    button({ text: l10n.t('Copy'), label: l10n.t('Copy Kafka endpoint'), onPress: () => copy('endpoint') }),
  );
  const missing = el('p', { class: 'empty' }, l10n.t('There is no Kafka endpoint yet: it is known when the topic is ready.'));
  const settings = el('pre', { class: 'settings', tabindex: 0, role: 'region' });
  const tools = el('div', { class: 'tools' });
  const element = el('div', { class: 'kafka' }, where, missing, tools, settings);
  let clients: DataStreamFacts['clients'] = [];
  let names = '';
  let list: Select<string> | undefined;

  const chosen = (): string => {
    const kept = context.ui.get('client');
    return clients.find(({ name }) => name === kept)?.name ?? clients[0]?.name ?? '';
  };
  const draw = (): void => {
    const name = chosen();
    list?.set(name);
    setText(settings, clients.find((client) => client.name === name)?.settings ?? '');
    settings.setAttribute('aria-label', l10n.t('Kafka Client Settings: {0}', name));
  };
  const choose = (name: string): void => {
    context.ui.set('client', name);
    draw();
  };
  return {
    element,
    show: (topic: DataStreamFacts) => {
      clients = topic.clients;
      const hasEndpoint = topic.endpoint !== undefined;
      where.hidden = !hasEndpoint;
      missing.hidden = hasEndpoint;
      tools.hidden = clients.length === 0;
      settings.hidden = clients.length === 0;
      setText(endpoint, topic.endpoint ?? '');
      const given = clients.map(({ name }) => name).join('\n');
      if (given !== names) {
        names = given;
        list = select(l10n.t('Kafka client'), clients.map(({ name }) => ({ value: name, text: name })), choose);
        const copySettings = button({ text: l10n.t('Copy settings'), onPress: () => copy(`settings:${chosen()}`) });
        tools.replaceChildren(list.element, copySettings);
      }
      draw();
    },
  };
}
