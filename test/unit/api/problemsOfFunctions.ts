import type { FunctionsClient } from '../../../src/api/functions/client.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { ActionSpec, PackageSpec, TriggerSource, TriggerSpec } from '../../../src/model/functions.ts';
import type { CodeWords } from './problemCase.ts';

/** Codes of Cloud Functions (cloudfunctions.md §11) with the words for them; what the service says itself is "NAME: why". */

const CHOOSE = 'Choose another name.';
const NAME = 'The name was refused. | It takes 1 to 50 letters of A to Z, digits, "-" and "_", and does not begin with "-".';
const REFRESH = 'It may have been deleted meanwhile: refresh the list.';
const PLATFORM = 'VPC and Classic share nothing: check the platform in the account.';
const SAID = 'Check what was entered. The service says: ';
const ENTERED = `${SAID}NAME: why`;
const FULL = 'This limit cannot be raised: delete what is not needed any more.';
const TYPE = 'The service does not know this type. | Which types there are depends on the zone and the region: choose another one.';
const PARAMETERS = 'The parameters were refused. | They are one JSON object of at most 1 MB.';
const ACTIVATION = 'The activation cannot be read. | That takes up to a minute after a run, and an activation is kept for a month.';
const SUBNET = 'Wait a few minutes and refresh. If the change was not made, try again.';
const PERMISSION = 'Account "acme" has no permission. | Ask the administrator for a role or policy that allows this.';
const UNLINKED = 'The action is not linked to the trigger. | It may have been unlinked meanwhile: refresh the list.';
const LINKED = 'The action is linked to the trigger already. | Refresh the list to see it.';
const EMPTY = 'No action is linked to the trigger, so there is nothing to run. | Link an action to it, then fire it again.';
const PACKAGE_GONE = `The package does not exist any more. | ${REFRESH}`;
const ACTION_GONE = `The action does not exist any more. | ${REFRESH}`;
const TRIGGER_GONE = `The trigger does not exist any more. | ${REFRESH}`;
const TAKEN = `The name is taken by a package, an action or a trigger. | ${CHOOSE}`;
const OCCUPIED = 'The package still has actions. | Delete its actions first.';
const ACTION_TYPE = 'The type of an action cannot be changed. | Create an action of that type under another name, or delete this one first.';
const TRIGGER_TYPE = 'The type of a trigger cannot be changed. | Create a trigger of that type under another name, or delete this one first.';
const INSIGHT = 'The event rule of Cloud Insight was refused. | Check in Cloud Insight that the product key and the rule group exist.';
const STORAGE = 'The event rule of Object Storage was refused. | Check in Object Storage that the bucket and the event rule exist.';
const WEBHOOK = 'The webhook of SourceCommit was refused. | Check in SourceCommit that the repository and the webhook exist.';
const SECRET = 'The secret of Secret Manager was refused. | Check in Secret Manager that the secret exists and is active.';
const ROTATING = 'Secret Manager is replacing the secret just now. | Wait until that is done, then try again.';

function unsubscribed(service: string): string {
  return `The account is not subscribed to ${service}. | Subscribe to ${service} in the NAVER Cloud console, then try again.`;
}

function own(code: number, status: number, text: string, isUnknown?: true): readonly [string, CodeWords] {
  const body = JSON.stringify({ error: { errorCode: String(code), message: 'NAME', details: 'why' } });
  return [String(code), { status, body, text, ...(isUnknown === undefined ? {} : { isUnknown }) }];
}

export const FUNCTIONS_WORDS: Readonly<Record<string, CodeWords>> = Object.fromEntries([
  own(80000, 400, 'The service refused what was asked for. | Activations are kept for a month: choose a time within it.'),
  own(80100, 400, NAME),
  own(80102, 400, `The package is on the other platform. | ${PLATFORM}`),
  own(80103, 400, `A value of the package has the wrong type. | ${ENTERED}`),
  own(80104, 400, `A value of the package is missing. | ${ENTERED}`),
  own(80105, 400, `A value of the package was refused. | ${ENTERED}`),
  own(80300, 400, NAME),
  own(80302, 400, `The action is on the other platform. | ${PLATFORM}`),
  own(80303, 400, TYPE),
  own(80304, 400, ACTION_TYPE),
  own(80305, 400, `A value of the action has the wrong type. | ${ENTERED}`),
  own(80306, 400, `A value of the action is missing. | ${ENTERED}`),
  own(80307, 400, `A value of the action was refused. | ${ENTERED}`),
  own(80316, 400, PARAMETERS),
  own(80500, 400, NAME),
  own(80502, 400, `The trigger is on the other platform. | ${PLATFORM}`),
  own(80503, 400, TYPE),
  own(80504, 400, TRIGGER_TYPE),
  own(80505, 400, `A value of the trigger has the wrong type. | ${ENTERED}`),
  own(80506, 400, `A value of the trigger is missing. | ${ENTERED}`),
  own(80507, 400, `A value of the trigger was refused. | ${ENTERED}`),
  own(80511, 400, PARAMETERS),
  own(80512, 400, EMPTY),
  own(80520, 400, `A value of the link has the wrong type. | ${ENTERED}`),
  own(80521, 400, `A value of the link is missing. | ${ENTERED}`),
  own(80700, 400, unsubscribed('API Gateway')),
  own(80710, 400, unsubscribed('Cloud Insight')),
  own(80711, 400, INSIGHT),
  own(80730, 400, unsubscribed('Object Storage')),
  own(80731, 400, STORAGE),
  own(80740, 400, WEBHOOK),
  own(80750, 400, unsubscribed('Secret Manager')),
  own(80751, 400, SECRET),
  own(80752, 400, ROTATING),
  own(80002, 403, PERMISSION),
  own(80101, 404, PACKAGE_GONE),
  own(80301, 404, ACTION_GONE),
  own(80322, 404, ACTIVATION),
  own(80501, 404, TRIGGER_GONE),
  own(80517, 404, ACTIVATION),
  own(80900, 404, UNLINKED),
  own(80011, 409, TAKEN),
  own(80109, 409, OCCUPIED),
  own(80106, 422, `The account has all the 500 packages it may have. | ${FULL}`),
  own(80308, 422, `The account has all the 500 actions it may have. | ${FULL}`),
  own(80508, 422, `The account has all the 500 triggers it may have. | ${FULL}`),
  own(81311, 500, `The subnet of the VPC could not be looked up. | ${SUBNET}`, true),
  own(81312, 500, `The subnet of the VPC could not be connected. | ${SUBNET}`, true),
  own(81313, 500, `The subnet of the VPC is being connected just now. | ${SUBNET}`, true),
  own(81314, 500, `The subnet of the VPC is being disconnected just now. | ${SUBNET}`, true),
  own(
    80005, 400,
    'The account is not subscribed to another service that is needed for this. | Subscribe to it in the NAVER Cloud console, then try again. The service says: NAME: why',
  ),
  // Not in the official table; most of their statuses are not known.
  own(80901, 409, LINKED),
  own(80324, 422, 'The action is linked to the maximum number of triggers. | Unlink it from one that does not need it any more.'),
  own(80519, 422, 'The trigger has as many actions linked as it may have. | Unlink one that is not needed any more.'),
  own(80518, 404, ACTIVATION),
  own(80031, 400, 'The service could not do it just now. | The change may or may not have been made. Refresh to see.', true),
]);

const PACKAGE: PackageSpec = { name: 'shop', description: '', parameters: {} };
const ACTION: ActionSpec = {
  name: 'resize', pkg: '-', description: '', runtime: 'nodejs:22', type: 'basic', parameters: {}, isRawHttp: undefined, hasCustomOptions: undefined,
  code: 'function main() { return {}; }', isBinary: false, main: 'main', imageUri: undefined, components: [], memoryMb: 128, timeoutMs: 60_000,
  vpc: [{ vpcNo: 1, subnetNo: 2 }],
};
const TRIGGER: TriggerSpec = { name: 'nightly', description: '', parameters: {}, source: { type: 'cron', cronOption: '0 3 * * *' } };
const RESIZE = { pkg: '-', name: 'resize' };
const ID = 'e251b49a25094dcd91b49a25093dcdb0';

/** An operation and the codes it can give, documented or likely (cloudfunctions.md §11.1). */
export interface FunctionsCall {
  readonly method: string;
  readonly run: (client: FunctionsClient) => Promise<unknown>;
  readonly codes: readonly number[];
}

function call(method: string, run: FunctionsCall['run'], codes: readonly number[]): FunctionsCall {
  return { method, run, codes };
}

const SUBNETS = [81311, 81312, 81313, 81314];

/** The 21 operations. */
export const FUNCTIONS_CALLS: Readonly<Record<string, FunctionsCall>> = {
  listPackages: call('GET', (client) => client.listPackages(), [80002]),
  getPackage: call('GET', (client) => client.getPackage('shop'), [80102, 80002, 80101]),
  putPackage: call('PUT', (client) => client.putPackage(PACKAGE), [80100, 80102, 80103, 80104, 80105, 80002, 80011, 80106, 80031]),
  deletePackage: call('DELETE', (client) => client.deletePackage('shop'), [80102, 80002, 80101, 80109]),
  listActions: call('GET', (client) => client.listActions('-'), [80002, 80101, 80302]),
  getAction: call('GET', (client) => client.getAction('-', 'resize'), [80302, 80002, 80301]),
  putAction: call('PUT', (client) => client.putAction(ACTION), [
    80300, 80302, 80303, 80304, 80305, 80306, 80307, 80002, 80101, 80011, 80308, 80031, ...SUBNETS,
  ]),
  runAction: call('POST', (client) => client.runAction(RESIZE, {}, 1_000), [80302, 80316, 80002, 80301]),
  deleteAction: call('DELETE', (client) => client.deleteAction(RESIZE), [80302, 80002, 80301, ...SUBNETS]),
  listActionActivations: call('GET', (client) => client.listActionActivations('-', 'resize'), [80000, 80002, 80301]),
  getActionActivation: call('GET', (client) => client.getActionActivation('-', 'resize', ID), [80000, 80302, 80002, 80301, 80322]),
  listTriggers: call('GET', (client) => client.listTriggers(), [80002]),
  getTrigger: call('GET', (client) => client.getTrigger('nightly'), [80002, 80501, 80502]),
  putTrigger: call('PUT', (client) => client.putTrigger(TRIGGER), [
    80500, 80502, 80503, 80504, 80505, 80506, 80507, 80700, 80710, 80711, 80730, 80731, 80740, 80750, 80751, 80752, 80005, 80002,
    80011, 80508, 80031,
  ]),
  fireTrigger: call('POST', (client) => client.fireTrigger('nightly', {}), [80502, 80511, 80512, 80002, 80501]),
  deleteTrigger: call('DELETE', (client) => client.deleteTrigger('nightly'), [80502, 80002, 80501]),
  linkAction: call('POST', (client) => client.linkAction('nightly', RESIZE), [
    80302, 80502, 80520, 80521, 80002, 80301, 80501, 80901, 80324, 80519,
  ]),
  unlinkAction: call('DELETE', (client) => client.unlinkAction('nightly', RESIZE), [80302, 80502, 80520, 80521, 80002, 80301, 80501, 80900]),
  listTriggerActivations: call('GET', (client) => client.listTriggerActivations('nightly'), [80000, 80002, 80501]),
  getTriggerActivation: call('GET', (client) => client.getTriggerActivation('nightly', ID), [80000, 80002, 80501, 80517, 80518]),
  listActivations: call('GET', (client) => client.listActivations(), [80002]),
};

/** How a code is caused by the emulated cloud's own rules. */
export interface FunctionsCause {
  readonly code: number;
  /** `message | hint` */
  readonly says: string;
  /** What fails. */
  readonly run: FunctionsCall['run'];
  /** What happened before. */
  readonly before?: (client: FunctionsClient, emulator: Emulator) => unknown;
}

const makeAction = (client: FunctionsClient): Promise<void> => client.putAction(ACTION);
const makeTrigger = (client: FunctionsClient): Promise<void> => client.putTrigger(TRIGGER);
const makeBoth = async (client: FunctionsClient): Promise<void> => {
  await makeAction(client);
  await makeTrigger(client);
};

/** A trigger that is started by a value the other service does not have. */
function started(code: number, says: string, source: TriggerSource): FunctionsCause {
  return { code, says, run: (client) => client.putTrigger({ ...TRIGGER, source }) };
}

/** Codes that good requests cause but for one thing. */
export const FUNCTIONS_CAUSES: readonly FunctionsCause[] = [
  { code: 80100, says: NAME, run: (client) => client.putPackage({ ...PACKAGE, name: '-shop' }) },
  { code: 80300, says: NAME, run: (client) => client.putAction({ ...ACTION, name: 'a b' }) },
  { code: 80500, says: NAME, run: (client) => client.putTrigger({ ...TRIGGER, name: 'nächtlich' }) },
  {
    code: 80105,
    says: `A value of the package was refused. | ${SAID}PACKAGE_BODY_INVALID_VALUE: Invalid request body field value`,
    run: (client) => client.putPackage({ ...PACKAGE, description: 'x'.repeat(3_001) }),
  },
  {
    code: 80307,
    says: `A value of the action was refused. | ${SAID}ACTION_BODY_INVALID_VALUE: Invalid request body field value`,
    run: (client) => client.putAction({ ...ACTION, memoryMb: 100 }),
  },
  {
    code: 80507,
    says: `A value of the trigger was refused. | ${SAID}TRIGGER_BODY_INVALID_VALUE: Invalid request body field value`,
    run: (client) => client.putTrigger({ ...TRIGGER, source: { type: 'cron', cronOption: 'daily' } }),
  },
  { code: 80304, says: ACTION_TYPE, run: (client) => client.putAction({ ...ACTION, type: 'web' }), before: makeAction },
  {
    code: 80504,
    says: TRIGGER_TYPE,
    run: (client) => client.putTrigger({ ...TRIGGER, source: { type: 'insight', rules: [] } }),
    before: makeTrigger,
  },
  { code: 80011, says: TAKEN, run: (client) => client.putPackage({ ...PACKAGE, name: 'nightly' }), before: makeTrigger },
  { code: 80101, says: PACKAGE_GONE, run: (client) => client.putAction({ ...ACTION, pkg: 'gone' }) },
  { code: 80301, says: ACTION_GONE, run: (client) => client.runAction(RESIZE, {}, 1_000) },
  { code: 80501, says: TRIGGER_GONE, run: (client) => client.deleteTrigger('nightly') },
  {
    code: 80109,
    says: OCCUPIED,
    run: (client) => client.deletePackage('shop'),
    before: async (client) => {
      await client.putPackage(PACKAGE);
      await client.putAction({ ...ACTION, pkg: 'shop' });
    },
  },
  { code: 80512, says: EMPTY, run: (client) => client.fireTrigger('nightly', {}), before: makeTrigger },
  { code: 80900, says: UNLINKED, run: (client) => client.unlinkAction('nightly', RESIZE), before: makeBoth },
  {
    code: 80901,
    says: LINKED,
    run: (client) => client.linkAction('nightly', RESIZE),
    before: async (client) => {
      await makeBoth(client);
      await client.linkAction('nightly', RESIZE);
    },
  },
  { code: 80322, says: ACTIVATION, run: (client) => client.getActionActivation('-', 'resize', ID), before: makeAction },
  { code: 80517, says: ACTIVATION, run: (client) => client.getTriggerActivation('nightly', ID), before: makeTrigger },
  started(80711, INSIGHT, { type: 'insight', rules: [{ prodKey: 'missing', ruleGrpId: 'r', reminderTime: undefined, enableNotiWhenEventClose: undefined }] }),
  started(80731, STORAGE, { type: 'object_storage', rules: [{ bucketName: 'missing', eventRuleName: 'r' }] }),
  started(80740, WEBHOOK, { type: 'source_commit', webhooks: [{ repositoryName: 'missing', webhookName: 'w', enable: undefined }] }),
  started(80751, SECRET, { type: 'secret_manager', secretName: 'missing' }),
  started(80752, ROTATING, { type: 'secret_manager', secretName: 'rotating' }),
  { code: 80002, says: PERMISSION, run: makeTrigger, before: (_client, { world }) => (world.naverRole = 'viewer') },
];
