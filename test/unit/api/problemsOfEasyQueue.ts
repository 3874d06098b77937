import type { Cause, CodeWords } from './problemCase.ts';
import { prepared, QUEUE, write, type Clouds, type Write } from './writeSupport.ts';

const BROKEN = 'The change may or may not have been made. Refresh to see.';
const DUPLICATE = 'The name is taken already. | Choose another name.';
const PARTITIONS = 'The number of partitions was refused. | A topic has 1 to 16 partitions, and they can only be added.';
const STATE =
  'It cannot be changed in its present state. | It may be being created or deleted just now: wait until that is done, refresh and try again.';
const TOPICS = 'The project has all the 10 topics it may have. | Delete one that is not needed any more.';
const OF_TOPIC = 'A topic may not have so many partitions. | It may have 16 at most.';
const OF_PROJECT =
  'The project has not enough partitions left: all its topics together may have 64. | Take fewer, or delete a topic that is not needed any more.';
const PERMISSION = 'Account "acme" has no permission. | Ask the administrator for a role or policy that allows this.';
const TOPIC_GONE = 'The topic does not exist any more. | It may have been deleted meanwhile: refresh the list.';
const APP_KEY = 'The app key was not found. | Check the app key and its region in the account.';
const TOKEN = 'The access token was refused. | Check that the User Access Key of account "acme" is active and of the token type Opaque.';
const USER_KEY =
  'The User Access Key was refused. | Check the User Access Key ID and the Secret Access Key of account "acme".';
const PARAMETER = 'The service says: why | Check what was entered.';

/** Always HTTP 200 with its own header (easyqueue.md §3); codes of §2.6, and the shared ones of §1.5 and §3. */
function result(code: string, text: string, isUnknown?: true): readonly [string, CodeWords] {
  const body = JSON.stringify({ header: { isSuccessful: false, resultCode: Number(code), resultMessage: 'why' } });
  return [code, { status: 200, body, text, ...(isUnknown === undefined ? {} : { isUnknown }) }];
}

export const EASY_QUEUE_WORDS: Readonly<Record<string, CodeWords>> = Object.fromEntries([
  result('-1', `The service says: why | ${BROKEN}`, true),
  result('4000100', DUPLICATE),
  result('4000101', PARTITIONS),
  result('4000102', PARAMETER),
  result('4000103', STATE),
  result('4000400', TOPICS),
  result('4000401', OF_TOPIC),
  result('4000402', OF_PROJECT),
  result('4030000', PERMISSION),
  result('4040100', TOPIC_GONE),
  result('4040200', 'The Kafka cluster of the app key was not found. | Check the app key and its region in the account.'),
  result('4040400', APP_KEY),
  result('5000000', `The service had an internal error. It says: why | ${BROKEN}`, true),
  result('5000100', `The service could not create it. It says: why | ${BROKEN}`, true),
  result('5000101', `The service could not change it. It says: why | ${BROKEN}`, true),
  result('5000102', `The service could not delete it. It says: why | ${BROKEN}`, true),
  result('400', PARAMETER),
  result('80007', TOKEN),
  result('80401', TOKEN),
  result('80403', PERMISSION),
  result('-6', PERMISSION),
  result('-8', "The organization does not allow access from this IP address. | Add this computer's address to the organization's IP ACL."),
]);

const ANY = ['-1', '4030000', '4040200', '4040400', '5000000', '400', '80007', '80401', '80403', '-6', '-8'];

/** Which operation can give which code. */
export const EASY_QUEUE_CODES: Readonly<Partial<Record<Write, readonly string[]>>> = {
  'queue.createTopic': [...ANY, '4000100', '4000102', '4000400', '4000401', '4000402', '5000100'],
  'queue.updateTopic': [...ANY, '4000101', '4000102', '4000103', '4000401', '4000402', '4040100', '5000101'],
  'queue.deleteTopic': [...ANY, '4000103', '4040100', '5000102'],
};

/** A good request but for one thing, after something happened. */
function after(which: Write, code: string, says: string, happens: (here: Clouds) => unknown, settings: object = {}): Cause {
  return {
    code,
    says,
    cause: async (here) => {
      const given = await prepared(here, which);
      await happens(here);
      return { work: () => write(here, which, { ...given, settings }), already: here.arrived().length };
    },
  };
}

const nothing = (): void => undefined;
const viewer = ({ emulator }: Clouds): unknown => (emulator.world.nhnRole = 'VIEWER');
const deleting = ({ easyQueue }: Clouds): Promise<void> => easyQueue.deleteTopic('orders');

async function fill({ easyQueue }: Clouds, topics: number, partitionCount: number): Promise<void> {
  for (let number = 1; number <= topics; number += 1) {
    await easyQueue.createTopic({ ...QUEUE, name: `filler-${number}`, partitionCount });
  }
}

function common(which: Write): readonly Cause[] {
  const start: Cause['cause'] = (here) => Promise.resolve({ work: () => write(here, which), already: 0 });
  return [
    after(which, '4030000', PERMISSION, viewer),
    { code: '4040400', says: APP_KEY, options: { appKey: 'nobody0000000000' }, cause: start },
  ];
}

/** Nothing arrives at EasyQueue without a token. */
export const WRONG_USER_KEY = USER_KEY;

const missing = (which: Write): Cause => ({
  code: '4040100',
  says: TOPIC_GONE,
  cause: (here) => Promise.resolve({ work: () => write(here, which, { name: 'gone' }), already: 0 }),
});

/** What the emulator's own rules refuse. */
export const EASY_QUEUE_CAUSES: Readonly<Partial<Record<Write, readonly Cause[]>>> = {
  'queue.createTopic': [
    ...common('queue.createTopic'),
    after('queue.createTopic', '4000100', DUPLICATE, (here) => write(here, 'queue.createTopic')),
    after('queue.createTopic', '4000400', TOPICS, (here) => fill(here, 10, 1)),
    after('queue.createTopic', '4000401', OF_TOPIC, nothing, { partitionCount: 17 }),
    after('queue.createTopic', '4000402', OF_PROJECT, (here) => fill(here, 4, 16)),
    after(
      'queue.createTopic',
      '400',
      'The service says: Invalid parameter: topic.maxRetentionTimeMs | Check what was entered.',
      nothing,
      { retentionMs: 1 },
    ),
  ],
  'queue.updateTopic': [
    ...common('queue.updateTopic'),
    missing('queue.updateTopic'),
    after('queue.updateTopic', '4000101', PARTITIONS, nothing, { partitionCount: 1 }),
    after('queue.updateTopic', '4000103', STATE, deleting),
    after('queue.updateTopic', '4000401', OF_TOPIC, nothing, { partitionCount: 17 }),
    after('queue.updateTopic', '4000402', OF_PROJECT, (here) => fill(here, 4, 15), { partitionCount: 16 }),
  ],
  'queue.deleteTopic': [
    ...common('queue.deleteTopic'),
    missing('queue.deleteTopic'),
    after('queue.deleteTopic', '4000103', STATE, deleting),
  ],
};
