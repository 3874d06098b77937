import { FUNCTIONS, questionsOf as questions } from './functionQuestions.ts';
import { insist } from './insist.ts';
import { collapsed } from './stage.ts';
import type { Scene } from './stage.ts';
import { waitFor } from './wait.ts';

/** The story of triggers, which goes on where that of functions ends; and what a deletion says. */
export const functionTriggerScenes: readonly Scene[] = [
  {
    name: 'trigger-1-type',
    prepare: async (stage) => {
      const { workbench, say, page } = stage;
      await workbench.quickInput.cancel();
      await insist(page, {
        what: 'the wizard',
        press: async () => workbench.resources().inlineAction(say('Create Trigger…'), ...FUNCTIONS, say('Triggers')),
        hasCome: async () => (await workbench.quickInput.title()) === say('Create Trigger'),
      });
      await questions(stage).at('What fires the trigger? Its type cannot be changed later.');
    },
  },
  {
    name: 'trigger-2-schedule',
    prepare: async (stage) => {
      await stage.workbench.quickInput.accept();
      await questions(stage).type('Name of the trigger. {0} of {1} are used.', 'returns-report');
      await questions(stage).at('When does it fire? Times are Korean.');
    },
  },
  {
    name: 'trigger-3-cron',
    prepare: async (stage) => {
      const { quickInput } = stage.workbench;
      await quickInput.pick(stage.say('Every week on…'));
      await questions(stage).take('On which day of the week?');
      await questions(stage).type('At what time, in Korea?', '09:30');
      await questions(stage).at('Next times in Korea: {0}');
    },
  },
  {
    name: 'trigger-4-review',
    prepare: async (stage) => {
      const ask = questions(stage);
      await stage.workbench.quickInput.accept();
      await ask.type('Description, at most {0} bytes. It can stay empty.', 'What came back in the week');
      await ask.take('Parameters its actions get, as JSON. They come before those of action and package, and can stay empty.');
      await ask.review();
    },
  },
  {
    name: 'trigger-5-link',
    prepare: async (stage) => {
      await stage.workbench.quickInput.pick(stage.say('Create'));
      const title = stage.say('Link Actions to Trigger "{0}"', 'returns-report');
      await stage.workbench.quickInput.open(title);
      await questions(stage).row('order-tools/validate-order');
    },
  },
  {
    name: 'trigger-rows',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      const { quickInput } = workbench;
      await questions(stage).tick('returns/refund');
      await quickInput.closed();
      const tree = await collapsed(stage);
      await tree.expand(...FUNCTIONS, say('Triggers'), 'returns-report');
      await tree.expand(...FUNCTIONS, say('Triggers'), 'monday-report', say('Activations'));
      await tree.loaded();
    },
  },
  {
    name: 'trigger-fired',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.clearNotifications();
      await workbench.resources().collapse(...FUNCTIONS, say('Triggers'), 'monday-report');
      await workbench.resources().inlineAction(say('Fire Trigger…'), ...FUNCTIONS, say('Triggers'), 'returns-report');
      await workbench.quickInput.pick(say('Without Parameters'));
      await waitFor('the notification', async () => (await workbench.notifications()).some((text) => text.includes('returns-report')));
    },
  },
  {
    name: 'trigger-activation',
    prepare: async ({ workbench, say }) => {
      await workbench.notificationButton(/returns-report/u, say('Open Activation'));
      await workbench.editor.waitForTab(/^returns-report-.*\.log$/u);
      await workbench.editor.waitForText('returns/refund');
      await workbench.clearNotifications();
    },
  },
  {
    name: 'trigger-delete',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.resources().openContextMenu(...FUNCTIONS, say('Triggers'), 'returns-report');
      await workbench.menu(say('Delete Trigger…'));
      await workbench.dialog();
    },
  },
  {
    name: 'package-delete',
    prepare: async (stage) => {
      const { workbench, say } = stage;
      await workbench.dialogButton('Cancel');
      await workbench.resources().openContextMenu(...FUNCTIONS, 'order-tools');
      await workbench.menu(say('Delete Package…'));
      await workbench.dialog();
    },
  },
];
