import assert from 'node:assert/strict';
import { e2e, step } from './window.ts';

const ORDERS = ['Demo NAVER', 'Data Stream', 'h4j6l-orders'];

e2e(
  'the window of npm start, in Korean',
  async (window, context) => {
    const { workbench } = window;
    const tree = workbench.resources();

    await step(context, window, 'shows the demo accounts of both clouds, in Korean down to the rows', async () => {
      const orders = await tree.find(...ORDERS);
      assert.match(orders.description, /파티션/u);
      await tree.find('Demo NHN', /^EasyQueue/u, 'orders');
    });

    await step(context, window, 'has the sample file open', async () => {
      await workbench.editor.waitForTab('orders.json');
    });

    await step(context, window, 'reads the clouds again with the stored secrets after a reload', async () => {
      await window.reload();
      await workbench.openView('Cloud Streams');
      await tree.find(...ORDERS);
    });
  },
  { companion: true, language: 'ko' },
);
