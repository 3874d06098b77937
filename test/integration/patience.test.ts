import * as assert from 'node:assert/strict';

import { withPatience } from '../../src/host/patience.ts';

suite('work that is mostly over at once', () => {
  test('hands on what comes of it, whether it was quick or the progress was shown', async () => {
    for (const momentMs of [600_000, 0]) {
      assert.equal(await withPatience('Reading', () => Promise.resolve(7), momentMs), 7);
      await assert.rejects(withPatience('Reading', () => Promise.reject(new RangeError('no')), momentMs), RangeError);
    }
    const telling = withPatience('Reading', async (_, report) => {
      report({ message: 'nobody sees it' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      report({ message: 'halfway', fraction: 0.5 });
      return 8;
    }, 0);
    assert.equal(await telling, 8);
    // Longer than the moment: it ends when the notification is there.
    const slow = withPatience('Reading', () => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 20)), 0);
    assert.equal(await slow, 'late');
  });
});
