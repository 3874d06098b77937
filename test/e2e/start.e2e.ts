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
      await workbench.editor.waitForTab('orders.messages.json');
    });

    await step(context, window, 'plans and sends it, in Korean down to the result', async () => {
      const { editor } = workbench;
      await editor.waitForCodeLens('h4j6l-orders(으)로 보내기');
      await editor.codeLens(/^계획$/u);
      await editor.waitForTab(/send-plan/u);
      const plan = await editor.wholeText();
      assert.doesNotMatch(plan.replaceAll(/^(?:▸|│) .*$/gmu, ''), /[a-z]{3,} [a-z]{3,}/u);
      await editor.codeLens('DEV에 메시지 3건 보내기');
      await workbench.notificationButton(/메시지 3건을 토픽 "h4j6l-orders"/u, '결과 보기');
      await editor.waitForTab(/send-result/u);
      const result = await editor.wholeText();
      assert.doesNotMatch(result, /[a-z]{3,} [a-z]{3,}/u);
      await editor.closeTab();
    });

    await step(context, window, 'reads the clouds again with the stored secrets after a reload', async () => {
      await window.reload();
      await workbench.openView('Cloud Streams');
      await tree.find(...ORDERS);
    });
  },
  { companion: true, language: 'ko' },
);
