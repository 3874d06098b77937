import { PROMPTS } from './accountWizard.ts';
import { prodAccount, wizard, WRONG_SECRET } from './stage.ts';
import type { Scene } from './stage.ts';
import { waitFor } from './wait.ts';

/** Adding a read-only account of production, from the first question to its row; its secret is wrong at first. */
export const wizardScenes: readonly Scene[] = [
  {
    name: 'wizard-1-provider',
    prepare: async (stage) => wizard(stage).open(),
  },
  {
    name: 'wizard-2-key',
    prepare: async (stage) => {
      const { keyId } = prodAccount(stage);
      await wizard(stage).choose('NAVER Cloud');
      await wizard(stage).type('Name of the account, as the tree shows it', 'acme-prod');
      await wizard(stage).atPrompt(PROMPTS.naver.keyId);
      await stage.workbench.quickInput.type(`${keyId} `);
      await stage.workbench.quickInput.waitForMessage(new RegExp(stage.say('The spaces around the key are left out.'), 'u'));
    },
  },
  {
    name: 'wizard-3-secret',
    prepare: async (stage) => {
      await stage.workbench.quickInput.accept();
      await wizard(stage).atPrompt(PROMPTS.naver.secret);
      await stage.workbench.quickInput.type(WRONG_SECRET);
    },
  },
  {
    name: 'wizard-4-owner',
    prepare: async (stage) => {
      await stage.workbench.quickInput.accept();
      await wizard(stage).atQuestion('Whose key is it?');
    },
  },
  {
    name: 'wizard-5-stage',
    prepare: async (stage) => {
      const { quickInput } = stage.workbench;
      const at = wizard(stage);
      await quickInput.accept();
      for (const question of ['Which zone is the account in?', 'In which regions is Cloud Functions used?', 'On which platform are the functions?']) {
        await at.atQuestion(question);
        await quickInput.accept();
      }
      await at.atQuestion('Which stage is it?');
    },
  },
  {
    name: 'wizard-6-access',
    prepare: async (stage) => {
      await wizard(stage).choose('Production');
      await wizard(stage).atQuestion('What may be done with this account from here?');
    },
  },
  {
    name: 'wizard-7-unreachable',
    prepare: async (stage) => {
      await wizard(stage).choose('Read-only');
      await wizard(stage).tested();
    },
  },
  {
    name: 'wizard-8-host',
    prepare: async (stage) => {
      const [endpoint = ''] = prodAccount(stage).endpoints;
      await wizard(stage).choose('Advanced: custom endpoints…', { byTyping: true });
      await waitFor('an endpoint', async () => (await stage.workbench.quickInput.placeholder()).startsWith('https://'));
      await stage.workbench.quickInput.type(endpoint);
      await stage.workbench.quickInput.accept();
      await stage.workbench.dialog();
    },
  },
  {
    name: 'wizard-9-wrong-secret',
    prepare: async (stage) => {
      await stage.page.keyboard.press('Escape');
      await wizard(stage).answerEndpoints(prodAccount(stage).endpoints);
      await wizard(stage).tested();
    },
  },
  {
    name: 'wizard-10-review',
    prepare: async (stage) => {
      await stage.workbench.quickInput.pick('Data Stream');
      await wizard(stage).fillKeys(prodAccount(stage));
      await wizard(stage).tested();
    },
  },
  {
    name: 'read-only-production',
    prepare: async (stage) => {
      await wizard(stage).save();
      const tree = stage.workbench.resources();
      await tree.find('acme-prod', 'Data Stream', 'h4j6l-orders');
      await tree.click('acme-prod');
    },
  },
];
