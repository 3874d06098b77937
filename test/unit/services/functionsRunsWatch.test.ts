import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import type { EmulatorOptions } from '../../../src/emulator/emulator.ts';
import { CancelledError, CloudError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import { chooseRange } from '../../../src/services/functions/runs/activationRange.ts';
import { watch, type WatchPorts } from '../../../src/services/functions/runs/watchLoop.ts';
import { NodeMemory } from '../../../src/tree/treeMemory.ts';
import type { ActivationRange } from '../../../src/services/functions/context.ts';
import { ScriptedPrompts, type Answer } from '../../support/scriptedPrompts.ts';
import { addAction, runsWorld } from './functionsRunsWorld.ts';

const FORMAT = createFormatter('en');

/** Watches an action; before each wait the next of the steps is done, and after the last one the terminal is closed. */
async function watching(t: TestContext, steps: readonly ((world: Awaited<ReturnType<typeof runsWorld>>) => Promise<void> | void)[], changes: Partial<WatchPorts> = {}, emulator: EmulatorOptions = {}) {
  const world = await runsWorld(t, { emulator });
  const target = await addAction(world, 'hello', "function main() { console.log('hi'); return {}; }");
  await world.client.runAction(target, {}, 60_000);
  const lines: string[] = [];
  const controller = new AbortController();
  const left = [...steps];
  const ports: WatchPorts = {
    list: (query, signal) => world.client.listActionActivations('-', 'hello', query, signal),
    detail: (id, signal) => world.client.getActionActivation('-', 'hello', id, signal),
    isThere: () => true,
    accountName: 'acme',
    subjectName: 'hello',
    isTrigger: false,
    write: (text) => lines.push(text),
    format: FORMAT,
    now: () => world.now(),
    wait: async (ms, signal) => {
      const step = left.shift();
      if (step === undefined) controller.abort();
      else await step(world);
      await world.deps.wait(ms, signal);
    },
    logError: () => undefined,
    ...changes,
  };
  await watch(ports, controller.signal);
  return { lines, world };
}

const run = async ({ client }: Awaited<ReturnType<typeof runsWorld>>): Promise<void> => {
  await client.runAction({ pkg: '-', name: 'hello' }, {}, 60_000);
};
const idle = (): void => undefined;

test('new activations appear, and their logs once the service has them; what was there before is counted', async (t) => {
  const { lines } = await watching(t, [run, ...Array.from({ length: 8 }, () => idle)]);
  assert.match(lines[0] ?? '', /^Looking for new activations of hello every 5 s\. Close this terminal to stop\.$/);
  assert.equal(lines[1], '1 is older than this watch.');
  assert.match(lines[2] ?? '', /^\d\d:\d\d:\d\d {2}[0-9a-f]{8} {2}Succeeded {2}\d.* {2}\(logs come later\)$/);
  assert.match(lines[3] ?? '', /^[0-9a-f]{8} {2}started \d\d:\d\d:\d\d\.\d{3} KST$/);
  assert.match(lines[4] ?? '', /^ {2}\d\d:\d\d:\d\d\.\d{3} {2}hi$/);
  assert.equal(lines.length, 5);
});

test('many at once are all shown, the oldest first', async (t) => {
  const many = async (world: Awaited<ReturnType<typeof runsWorld>>): Promise<void> => {
    for (let n = 0; n < 60; n += 1) await run(world);
  };
  const { lines, world } = await watching(t, [many, idle], {}, { runs: 'echo' });
  const shown = lines.filter((line) => line.includes('(logs come later)')).map((line) => line.split('  ')[1]);
  const listed = (await world.client.listActionActivations('-', 'hello', { pageSize: 60 })).activations.map(({ activationId }) => activationId.slice(0, 8));
  assert.deepEqual(shown, listed.toReversed());
  assert.equal(shown.length, 60);
});

test('after 429 it looks less often, and says so', async (t) => {
  const throttle = ({ emulator }: Awaited<ReturnType<typeof runsWorld>>): void => {
    emulator.faults.inject({ service: 'functions', times: 8, effect: { kind: 'reply', status: 429, body: '{}' } });
  };
  const clear = ({ emulator }: Awaited<ReturnType<typeof runsWorld>>): void => emulator.faults.clear();
  const { lines, world } = await watching(t, [throttle, clear, idle, idle]);
  assert.ok(lines.includes('The service asks for fewer requests: checking every 10 s now.'), lines.join('\n'));
  assert.ok(lines.includes('Checking every 5 s again.'), lines.join('\n'));
  assert.ok(world.waits.includes(10_000));
});

test('it looks again no earlier than the service said', async (t) => {
  const told = { calls: 0 };
  const { world } = await watching(t, [idle, idle, idle], {
    list: () => {
      told.calls += 1;
      if (told.calls === 2) return Promise.reject(new CloudError('rateLimited', { retryAfterMs: 300_000, mayHaveArrived: false }));
      return Promise.resolve({ activations: [], totalCount: 0 });
    },
  });
  assert.deepEqual(world.waits, [5_000, 300_000, 30_000]);
});

test('a line of an action that is JSON is shown as it is; that of a trigger is read', async (t) => {
  const logs = ['2026-01-01T00:00:00.000Z stdout: {"action":"login","success":true,"user":"kim"}'];
  const once = (isTrigger: boolean): Partial<WatchPorts> => {
    let looks = 0;
    return {
      isTrigger,
      list: () => {
        looks += 1;
        return Promise.resolve(looks === 1 ? { activations: [], totalCount: 0 } : { activations: [{ activationId: 'a'.repeat(32), durationMs: 1, status: 'success' }], totalCount: 1 });
      },
      detail: (activationId) => Promise.resolve({ activationId, durationMs: 1, status: 'success', name: 'hello', startMs: 1, endMs: 2, logs, result: {}, isSuccess: true }),
    };
  };
  const { lines } = await watching(t, [idle, idle], once(false));
  assert.ok(lines.some((line) => line.endsWith('{"action":"login","success":true,"user":"kim"}')), lines.join('\n'));
  const { lines: ofTrigger } = await watching(t, [idle, idle], once(true));
  assert.ok(ofTrigger.includes('  login  '), ofTrigger.join('\n'));
});

test('all new ones are shown where a page holds fewer than asked for', async (t) => {
  const ids: string[] = [];
  const many = (): void => void ids.push(...Array.from({ length: 30 }, (_, n) => n.toString(16).padStart(2, '0').repeat(16)));
  for (const isCounted of [true, false]) {
    ids.length = 0;
    const { lines } = await watching(t, [many, idle, idle], {
      list: ({ pageNo, pageSize }) => {
        const size = Math.min(20, pageSize);
        const activations = ids.slice((pageNo - 1) * size, pageNo * size).map((activationId) => ({ activationId, durationMs: 1, status: 'success' }));
        return Promise.resolve({ activations, totalCount: isCounted ? ids.length : undefined });
      },
    });
    assert.equal(lines.filter((line) => line.includes('Succeeded')).length, 30);
  }
});

test('it ends after failures in a row, says why and how to go on', async (t) => {
  const fail = ({ emulator }: Awaited<ReturnType<typeof runsWorld>>): void => {
    emulator.faults.inject({ service: 'functions', times: 1_000, effect: { kind: 'reply', status: 503, body: '{}' } });
  };
  const { lines } = await watching(t, [fail, ...Array.from({ length: 10 }, () => idle)]);
  assert.equal(lines.filter((line) => /Trying again \(\d of 4\)\./.test(line)).length, 4);
  assert.match(lines.at(-2) ?? '', /^The watch has ended: ./);
  assert.match(lines.at(-1) ?? '', /^Press Enter in this terminal/);
});

test('what another try does not mend ends it at once', async (t) => {
  const remove = ({ client }: Awaited<ReturnType<typeof runsWorld>>): Promise<void> => client.deleteAction({ pkg: '-', name: 'hello' });
  const { lines } = await watching(t, [remove, idle]);
  assert.match(lines.at(-2) ?? '', /^The watch has ended: ./);
  assert.ok(!lines.some((line) => line.includes('Trying again')));
});

test('it ends with its account, and says so; other keys are no end', async (t) => {
  let isThere = true;
  const { lines } = await watching(t, [() => { isThere = false; }], { isThere: () => isThere });
  assert.equal(lines.at(-2), 'The watch has ended: account "acme" was removed.');

  let calls = 0;
  const { lines: others } = await watching(t, [idle, idle], {
    list: () => {
      calls += 1;
      return calls === 2 ? Promise.reject(new CancelledError()) : Promise.resolve({ activations: [], totalCount: 0 });
    },
  });
  assert.equal(calls, 3);
  assert.ok(!others.some((line) => line.includes('ended')));
});

test('a closed terminal is told nothing', async (t) => {
  const { lines } = await watching(t, []);
  assert.equal(lines.length, 2);
});

/** Chooses a time for a list. */
async function choose(current: ActivationRange | undefined, ...answers: readonly Answer[]) {
  const prompts = new ScriptedPrompts(...answers);
  const activationRanges = new NodeMemory<ActivationRange>();
  if (current !== undefined) activationRanges.set('list', current);
  await chooseRange({ id: 'list', range: current }, { prompts, activationRanges, activations: new NodeMemory(), format: FORMAT, now: () => Date.UTC(2026, 10, 22, 3) });
  prompts.done();
  return { range: activationRanges.get('list'), asked: prompts.asked };
}

test('a list shows the activations of a time: a stretch up to now, or from and to', async () => {
  assert.deepEqual((await choose(undefined, { pick: 'Last 1 d' })).range, { from: { lastMs: 86_400_000 } });
  const { range, asked } = await choose({ from: { lastMs: 3_600_000 } }, { pick: 'All Activations (Last Month)' });
  assert.equal(range, undefined);
  assert.equal(asked[0]?.active, 'Last 1 h');
  const own = await choose(undefined, { pick: 'Choose start and end…' },
    { refused: 'x', because: /such as 2026/ }, { refused: '2026-11-23 00:00', because: /not in the future/ }, { refused: '2026-01-01', because: /for a month/ }, { type: '2026-11-22 09:00' },
    { refused: '2026-11-22 09:00', because: /has to be later than the start/ }, { type: '2026-11-22 10:30' });
  assert.deepEqual(own.range, { from: { sinceMs: Date.UTC(2026, 10, 22) }, untilMs: Date.UTC(2026, 10, 22, 1, 30) });
  const open = await choose(undefined, { pick: 'Choose start and end…' }, { type: '2026-11-22 09:00' }, { type: '' });
  assert.deepEqual(open.range, { from: { sinceMs: Date.UTC(2026, 10, 22) } });
});
