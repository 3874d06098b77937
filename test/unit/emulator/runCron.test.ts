import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { Client, contentOf, noon } from './helpers.ts';
import { Bench, deploy } from './runHelpers.ts';

const triggers = '/ncf/api/v2/triggers';
const runs = '/ncf/api/v2/packages/-/actions/count/activations';

async function everyMinute(client: Client): Promise<void> {
  contentOf(await client.naver('PUT', `${triggers}/every?type=cron`, { cronOption: '* * * * *', parameters: { from: 'trigger' } }));
  contentOf(await client.naver('POST', `${triggers}/every/link-action`, { action: 'count' }));
}

test('of the minutes that passed unseen only the last one really runs', async (context) => {
  const bench = await Bench.start(context);
  const { emulator, client, clock } = bench;
  await bench.deploy('count', 'function main() { return { real: true }; }');
  await everyMinute(client);
  clock.now += 5 * 60_000;
  const { totalCount } = contentOf(await client.naver('GET', `${triggers}/every/activations`));
  assert.equal(totalCount, 5);
  await emulator.world.functions.idle();
  const list = contentOf(await client.naver('GET', runs))['activations'] as { activationId: string }[];
  const results = [];
  for (const { activationId } of list) results.push((await bench.detail('count', activationId)).response.result);
  assert.deepEqual(results, [{ real: true }, ...Array.from({ length: 4 }, () => ({ from: 'trigger' }))]);
});

test('cron triggers fire by themselves as time goes by', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: noon + 30_000 });
  const emulator = await startEmulator({ sampleData: 'none', runs: 'echo' });
  context.after(() => emulator.close());
  const client = new Client(emulator, Date.now);
  await deploy(client, 'count', 'function main() { return {}; }');
  await everyMinute(client);
  const trigger = emulator.world.functions.scope('vpc').triggers.get('every');
  assert.equal(trigger?.activations.length, 0);
  context.mock.timers.tick(31_000);
  assert.equal(trigger.activations.length, 1);
  context.mock.timers.tick(60_000);
  context.mock.timers.tick(60_000);
  assert.deepEqual(
    trigger.activations.map(({ start }) => start - noon),
    [60_000, 120_000, 180_000],
  );
});
