import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { FunctionsClient } from '../../../src/api/functions/client.ts';
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts';
import type { IntegratedService, SubnetTrouble } from '../../../src/emulator/functions/state.ts';
import type { TriggerSource } from '../../../src/model/functions.ts';
import { CODES } from './functionsCodes.ts';
import { ACTION, actionIn, actionSpec, COMMIT, functionsWorld, GITHUB, INSIGHT, STORAGE, TRIGGER, triggerSpec, type FunctionsWorld } from './functionsWorld.ts';
import { errorOf } from './support.ts';

/** One refusal: a code, and what makes the service give it. The last request is the one that is refused. */
type Case = readonly [code: number, cause: (world: FunctionsWorld) => Promise<unknown>, emulator?: EmulatorOptions];

const AT = { pkg: '-', name: 'resize' } as const;
const PACKAGE = { name: 'tools', description: '', parameters: {} };
const LONG = '가'.repeat(1_001);

/** What another client, or a later version of this one, may send. */
function odd(value: unknown): never {
  return value as never;
}

function as(role: 'viewer' | 'none', work: (client: FunctionsClient) => Promise<unknown>): Case {
  return [80002, ({ client, emulator: { world } }) => {
    world.naverRole = role;
    return work(client);
  }];
}

/** Something of Classic, asked for on VPC. */
function elsewhere(code: number, work: (client: FunctionsClient) => Promise<unknown>): Case {
  return [code, async (world) => {
    const classic = world.in('classic');
    await classic.putPackage(PACKAGE);
    await classic.putAction(actionIn('classic'));
    await classic.putTrigger(triggerSpec());
    return work(world.client);
  }];
}

/** After an action and a trigger were made. */
function given(code: number, work: (client: FunctionsClient) => Promise<unknown>, emulator: EmulatorOptions = {}): Case {
  return [code, async ({ client }) => {
    await client.putAction(actionSpec());
    await client.putTrigger(triggerSpec());
    return work(client);
  }, emulator];
}

function asked(code: number, work: (client: FunctionsClient) => Promise<unknown>): Case {
  return [code, ({ client }) => work(client)];
}

function put(source: TriggerSource): (client: FunctionsClient) => Promise<unknown> {
  return (client) => client.putTrigger(triggerSpec('t', source));
}

/** Where a service is not subscribed to. */
function without(code: number, service: IntegratedService, source: TriggerSource): Case {
  return [code, ({ client, emulator }) => {
    emulator.world.functions.unsubscribed.add(service);
    return put(source)(client);
  }];
}

const SUBNETS: readonly (readonly [code: number, trouble: SubnetTrouble])[] = [
  [81311, 'unreadable'], [81312, 'unconnectable'], [81313, 'connecting'], [81314, 'disconnecting'],
];

/** With each trouble that a subnet may be in. */
function inSubnets(work: (client: FunctionsClient) => Promise<unknown>): readonly Case[] {
  return SUBNETS.map(([code, trouble]) => [code, async ({ client, emulator }) => {
    await client.putAction(actionSpec({ name: 'other' }));
    emulator.world.functions.subnets.set(45_007, trouble);
    return work(client);
  }]);
}

/** All of a kind that an account may have. */
function full(code: number, fill: (world: FunctionsWorld, name: string) => unknown, one: (client: FunctionsClient) => Promise<unknown>): Case {
  return [code, (world) => {
    for (let index = 0; index < 500; index += 1) fill(world, `n${index}`);
    return one(world.client);
  }];
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
  listPackages: [as('none', (client) => client.listPackages())],
  getPackage: [
    as('none', (client) => client.getPackage('tools')),
    asked(80101, (client) => client.getPackage('tools')),
    elsewhere(80102, (client) => client.getPackage('tools')),
  ],
  // 80104 has no cause: nothing is required of a package (§4.3).
  putPackage: [
    as('viewer', (client) => client.putPackage(PACKAGE)),
    asked(80100, (client) => client.putPackage({ ...PACKAGE, name: '-tools' })),
    asked(80100, (client) => client.putPackage({ ...PACKAGE, name: 'to/ols 도구' })),
    asked(80103, (client) => client.putPackage({ ...PACKAGE, description: odd(5) })),
    asked(80105, (client) => client.putPackage({ ...PACKAGE, description: LONG })),
    given(80011, (client) => client.putPackage({ ...PACKAGE, name: 'nightly' })),
    full(80106, ({ emulator }, name) => emulator.world.functions.addPackage('vpc', name, '', {}), (client) => client.putPackage(PACKAGE)),
  ],
  deletePackage: [
    as('viewer', (client) => client.deletePackage('tools')),
    asked(80101, (client) => client.deletePackage('tools')),
    elsewhere(80102, (client) => client.deletePackage('tools')),
    asked(80109, async (client) => {
      await client.putPackage(PACKAGE);
      await client.putAction(actionSpec({ pkg: 'tools' }));
      return client.deletePackage('tools');
    }),
  ],
  listActions: [as('none', (client) => client.listActions('-')), asked(80101, (client) => client.listActions('tools'))],
  getAction: [
    as('none', (client) => client.getAction('-', 'resize')),
    asked(80301, (client) => client.getAction('-', 'resize')),
    elsewhere(80302, (client) => client.getAction('-', 'resize')),
  ],
  putAction: [
    ...inSubnets((client) => client.putAction(actionSpec())),
    as('viewer', (client) => client.putAction(actionSpec())),
    asked(80300, (client) => client.putAction(actionSpec({ name: 'a'.repeat(51) }))),
    asked(80303, (client) => client.putAction(actionSpec({ type: 'strange' }))),
    given(80304, (client) => client.putAction(actionSpec({ type: 'web' }))),
    asked(80305, (client) => client.putAction(actionSpec({ code: odd(5) }))),
    asked(80306, (client) => client.putAction(actionSpec({ main: undefined }))),
    asked(80306, (client) => client.putAction(actionSpec({ vpc: [] }))),
    asked(80307, (client) => client.putAction(actionSpec({ memoryMb: 300 }))),
    asked(80307, (client) => client.putAction(actionSpec({ timeoutMs: 499 }))),
    asked(80307, (client) => client.putAction(actionSpec({ runtime: 'cobol:1' }))),
    asked(80307, (client) => client.putAction(actionSpec({ type: 'sequence', runtime: 'sequence', components: ['-/gone'] }))),
    asked(80101, (client) => client.putAction(actionSpec({ pkg: 'tools' }))),
    given(80011, (client) => client.putAction(actionSpec({ name: 'nightly' }))),
    full(80308, ({ emulator }, name) => emulator.world.functions.addAction('vpc', { pkg: '-', name }, 'basic', ACTION), (client) => client.putAction(actionSpec())),
  ],
  postAction: [
    as('viewer', (client) => client.runAction(AT, {}, 0)),
    asked(80301, (client) => client.runAction(AT, {}, 0)),
    elsewhere(80302, (client) => client.runAction(AT, {}, 0)),
    given(80316, (client) => client.runAction(AT, odd([1]), 0)),
    given(80316, (client) => client.runAction(AT, { big: 'x'.repeat(1_048_576) }, 0)),
    given(80000, (client) => client.runAction(AT, {}, 60_001)),
  ],
  deleteAction: [
    ...inSubnets((client) => client.deleteAction({ pkg: '-', name: 'other' })),
    as('viewer', (client) => client.deleteAction(AT)),
    asked(80301, (client) => client.deleteAction(AT)),
    elsewhere(80302, (client) => client.deleteAction(AT)),
  ],
  listActionActivations: [
    as('none', (client) => client.listActionActivations('-', 'resize')),
    asked(80301, (client) => client.listActionActivations('-', 'resize')),
    given(80000, (client) => client.listActionActivations('-', 'resize', { pageNo: 0 })),
    given(80000, (client) => client.listActionActivations('-', 'resize', { pageSize: -1 })),
  ],
  getActionActivation: [
    as('none', (client) => client.getActionActivation('-', 'resize', 'a')),
    asked(80301, (client) => client.getActionActivation('-', 'resize', 'a')),
    elsewhere(80302, (client) => client.getActionActivation('-', 'resize', 'a')),
    given(80322, (client) => client.getActionActivation('-', 'resize', 'a')),
    // The list shows a run that the detail does not have yet (§6.2).
    given(80322, async (client) => {
      const { activationId } = await client.runAction(AT, {}, 30_000);
      assert.equal((await client.listActionActivations('-', 'resize')).activations[0]?.activationId, activationId);
      return client.getActionActivation('-', 'resize', activationId);
    }, { timings: { activationGapMs: 600_000 } }),
  ],
  listTriggers: [as('none', (client) => client.listTriggers())],
  getTrigger: [
    as('none', (client) => client.getTrigger('nightly')),
    asked(80501, (client) => client.getTrigger('nightly')),
    elsewhere(80502, (client) => client.getTrigger('nightly')),
  ],
  putTrigger: [
    as('viewer', (client) => client.putTrigger(triggerSpec())),
    asked(80500, (client) => client.putTrigger(triggerSpec('밤'))),
    asked(80503, put(odd({ type: 'iot' }))),
    given(80504, (client) => client.putTrigger(triggerSpec('nightly', STORAGE))),
    asked(80505, put({ type: 'cron', cronOption: odd(5) })),
    asked(80506, put({ type: 'cron', cronOption: odd(undefined) })),
    asked(80506, put({ ...GITHUB, link: undefined })),
    asked(80507, put({ type: 'cron', cronOption: '61 * * * *' })),
    asked(80507, put({ ...GITHUB, events: ['nothing'] })),
    asked(80507, put({ type: 'insight', rules: [{ prodKey: 'k', ruleGrpId: 'g', reminderTime: 4, enableNotiWhenEventClose: undefined }] })),
    asked(80507, async (client) => {
      await put(GITHUB)(client);
      return put(GITHUB)(client);
    }),
    given(80011, (client) => client.putTrigger(triggerSpec('resize'))),
    full(80508, ({ emulator }, name) => emulator.world.functions.addTrigger('vpc', name, 'cron', TRIGGER), (client) => client.putTrigger(triggerSpec())),
    without(80005, 'sourceCommit', COMMIT),
    without(80700, 'apiGateway', GITHUB),
    without(80710, 'insight', INSIGHT),
    asked(80711, put(INSIGHT)),
    without(80730, 'objectStorage', STORAGE),
    asked(80731, put(STORAGE)),
    asked(80740, put(COMMIT)),
    without(80750, 'secretManager', { type: 'secret_manager', secretName: 'db' }),
    asked(80751, put({ type: 'secret_manager', secretName: 'missing' })),
    asked(80752, put({ type: 'secret_manager', secretName: 'rotating' })),
  ],
  fireTrigger: [
    as('viewer', (client) => client.fireTrigger('nightly', {})),
    asked(80501, (client) => client.fireTrigger('nightly', {})),
    elsewhere(80502, (client) => client.fireTrigger('nightly', {})),
    given(80511, (client) => client.fireTrigger('nightly', odd([1]))),
    given(80512, (client) => client.fireTrigger('nightly', {})),
  ],
  deleteTrigger: [
    as('viewer', (client) => client.deleteTrigger('nightly')),
    asked(80501, (client) => client.deleteTrigger('nightly')),
    elsewhere(80502, (client) => client.deleteTrigger('nightly')),
  ],
  linkAction: [
    as('viewer', (client) => client.linkAction('nightly', AT)),
    asked(80501, (client) => client.linkAction('nightly', AT)),
    elsewhere(80502, (client) => client.linkAction('nightly', AT)),
    given(80301, (client) => client.linkAction('nightly', { ...AT, name: 'gone' })),
    elsewhere(80302, async (client) => {
      await client.putTrigger(triggerSpec('here'));
      return client.linkAction('here', AT);
    }),
    given(80520, (client) => client.linkAction('nightly', { ...AT, name: odd(5) })),
    given(80521, (client) => client.linkAction('nightly', { ...AT, name: odd(undefined) })),
    given(80901, async (client) => {
      await client.linkAction('nightly', AT);
      return client.linkAction('nightly', AT);
    }),
    given(80519, async (client) => {
      for (let index = 0; ; index += 1) {
        await client.putAction(actionSpec({ name: `a${index}` }));
        await client.linkAction('nightly', { pkg: '-', name: `a${index}` });
      }
    }),
    given(80324, async (client) => {
      for (let index = 0; ; index += 1) {
        await client.putTrigger(triggerSpec(`t${index}`));
        await client.linkAction(`t${index}`, AT);
      }
    }),
  ],
  unlinkAction: [
    as('viewer', (client) => client.unlinkAction('nightly', AT)),
    asked(80501, (client) => client.unlinkAction('nightly', AT)),
    elsewhere(80502, (client) => client.unlinkAction('nightly', AT)),
    given(80301, (client) => client.unlinkAction('nightly', { ...AT, name: 'gone' })),
    elsewhere(80302, async (client) => {
      await client.putTrigger(triggerSpec('here'));
      return client.unlinkAction('here', AT);
    }),
    given(80520, (client) => client.unlinkAction('nightly', { ...AT, name: odd(5) })),
    given(80521, (client) => client.unlinkAction('nightly', { ...AT, name: odd(undefined) })),
    given(80900, (client) => client.unlinkAction('nightly', AT)),
  ],
  listTriggerActivations: [
    as('none', (client) => client.listTriggerActivations('nightly')),
    asked(80501, (client) => client.listTriggerActivations('nightly')),
    given(80000, (client) => client.listTriggerActivations('nightly', { pageNo: 0 })),
  ],
  getTriggerActivation: [
    as('none', (client) => client.getTriggerActivation('nightly', 'a')),
    asked(80501, (client) => client.getTriggerActivation('nightly', 'a')),
    given(80517, (client) => client.getTriggerActivation('nightly', 'a')),
    // Seen live in place of 80517 for one that had just fired.
    given(80518, async (client) => {
      await client.linkAction('nightly', AT);
      return client.getTriggerActivation('nightly', await client.fireTrigger('nightly', {}));
    }, { timings: { activationGapMs: 600_000 } }),
  ],
  listActivations: [as('none', (client) => client.listActivations()), asked(80000, (client) => client.listActivations({ pageNo: 0 }))],
};

for (const [operation, cases] of Object.entries(CASES)) {
  test(`what ${operation} is refused for (cloudfunctions.md §11.1)`, async (t) => {
    for (const [code, cause, emulator = {}] of cases) {
      const world = await functionsWorld(t, { emulator });
      const { details, kind } = await errorOf(cause(world));
      const [status, expected] = CODES[code] ?? [0, 'unexpectedResponse'];
      assert.deepEqual([details.code, details.status, kind], [String(code), status, expected]);
      assert.equal(details.mayHaveArrived, status === 500, String(code));
      const last = world.emulator.log.at(-1);
      assert.deepEqual([last?.operation, last?.status], [operation, status], String(code));
      // A refusal is never asked for twice.
      assert.equal(world.emulator.log.filter((one) => one.status >= 400).length, 1, String(code));
      assert.match(details.detail ?? '', /^[A-Z_]+(: |$)/, String(code));
    }
  });
}

test('every code of the table that a client can cause was caused', () => {
  const caused = new Set(Object.values(CASES).flatMap((cases) => cases.map(([code]) => code)));
  assert.deepEqual(Object.keys(CODES).map(Number).filter((code) => !caused.has(code)), []);
});
