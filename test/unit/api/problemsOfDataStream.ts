import type { Cause, CodeWords } from './problemCase.ts';
import { CONNECTOR, HOUR, prepared, write, type Write } from './writeSupport.ts';

/** Data Stream's codes and the gateway's (datastream.md §6.3, §6.4); which status each comes with is not documented. */
const BROKEN = 'The change may or may not have been made. Refresh to see.';
const REFRESH = 'It may have been deleted meanwhile: refresh the list.';

function own(code: string, status: number, text: CodeWords['text'], isUnknown?: true): readonly [string, CodeWords] {
  const body = JSON.stringify({ type: 'about:blank', title: 'Title', status, instance: '/stream/api/topics', detail: 'why', code });
  return [code, { status, body, text, ...(isUnknown === undefined ? {} : { isUnknown }) }];
}

function gateway(code: string, status: number, text: string, isUnknown?: true): readonly [string, CodeWords] {
  const body = JSON.stringify({ error: { errorCode: code, message: 'why' } });
  return [code, { status, body, text, ...(isUnknown === undefined ? {} : { isUnknown }) }];
}

const EXISTS: CodeWords['text'] = (which) =>
  which === 'createTopic'
    ? 'The name is taken already. | Choose another name.'
    : 'The topic has a connector already, and one is all it may have. | Edit that connector, or delete it first.';
const DUPLICATE = 'The name is taken already. | Choose another name.';
const NAME = "The name was refused. | It takes lower-case letters, digits and hyphens, at most 200 with the account's prefix in front.";
const PARTITIONS = 'The number of partitions was refused. | A topic has 1 to 16 partitions, and they can only be added.';
const RETENTION = 'The retention was refused. | Messages can be kept for 1 hour to 15 days.';
const DESCRIPTION = 'The description was refused. | Shorten it to 200 characters.';
const STATE =
  'It cannot be changed in its present state. | It may be being created or deleted just now: wait until that is done, refresh and try again.';
const LIMIT =
  'A limit of the service is reached. | Delete what is not needed any more: an account may have 3 topics, and a topic one connector.';
const TOPIC_GONE = `The topic does not exist any more. | ${REFRESH}`;
const CONNECTOR_GONE = `The connector does not exist any more. | ${REFRESH}`;
const SPEC = 'The size of the connector was refused. | Choose SMALL or MEDIUM.';
const FORMAT = 'The date format was refused. | Choose NONE, YEAR, MONTH, DAY or HOUR.';
const EXPORT = 'The kind of target was refused. | OBJECT_STORAGE is the only one there is.';
const LOCATION = 'The location was refused. | Write it as s3a://bucket/path.';
const BUCKET =
  'The bucket does not exist, or cannot be reached. | Check the location, and in Object Storage that the bucket is not locked and lets the role in.';
const ROLE =
  'The role was refused. | In Sub Account > Roles, copy the NRN of a service role with the policy NCP_DATA_STREAM_SERVICE_ROLE.';
const SIGNATURE = 'Signature refused. | Check the Access Key ID and the Secret Key of account "acme".';
const PERMISSION = 'Account "acme" has no permission. | Ask the administrator for a role or policy that allows this.';
const HASTE = 'Too many requests in a short time. | Wait a moment and try again.';

export const DATA_STREAM_WORDS: Readonly<Record<string, CodeWords>> = Object.fromEntries([
  own('InternalError', 500, `The service had an internal error. It says: Title: why | ${BROKEN}`, true),
  own('UserNotFound', 404, 'The service does not know the user these keys belong to. | Check the keys of account "acme".'),
  own('LimitExceeded', 429, LIMIT),
  own('ResourceAlreadyExists', 409, EXISTS),
  own('CreateFailure', 400, `The service could not create it. It says: Title: why | ${BROKEN}`, true),
  own('DeleteFailure', 400, `The service could not delete it. It says: Title: why | ${BROKEN}`, true),
  own('UpdateFailure', 400, `The service could not change it. It says: Title: why | ${BROKEN}`, true),
  own('InvalidState', 400, STATE),
  own('InvalidResourceNotFound', 404, `It does not exist any more. | ${REFRESH}`),
  own('InvalidBucketNotFound', 404, BUCKET),
  own('InvalidTopicNotFound', 404, TOPIC_GONE),
  own('InvalidConnectorNotFound', 404, CONNECTOR_GONE),
  own('InvalidParameter', 400, 'The service says: Title: why | Check what was entered.'),
  own('DuplicateName', 400, DUPLICATE),
  own('InvalidName', 400, NAME),
  own('InvalidPartition', 400, PARTITIONS),
  own('InvalidRetention', 400, RETENTION),
  own('InvalidDescription', 400, DESCRIPTION),
  own('InvalidConsumerSpec', 400, SPEC),
  own('InvalidDateFormat', 400, FORMAT),
  own('InvalidExportType', 400, EXPORT),
  own('InvalidLocation', 400, LOCATION),
  own('InvalidRoleNrn', 400, ROLE),
  gateway('100', 400, 'The service says: why | Check what was entered.'),
  gateway('200', 401, SIGNATURE),
  gateway('210', 401, PERMISSION),
  gateway(
    '300', 404,
    'The service does not know this address, or the keys may not use it. | ' +
      'Check the permissions of the sub account and, where the account has custom endpoints, those.',
  ),
  gateway('400', 429, HASTE),
  gateway('410', 429, HASTE),
  gateway('420', 429, HASTE),
  gateway('430', 413, 'The request is larger than the service takes. | Make it smaller.'),
  gateway('500', 503, `The service says: why | ${BROKEN}`, true),
  gateway('510', 504, `The service says: why | ${BROKEN}`, true),
  gateway('900', 500, `The service says: why | ${BROKEN}`, true),
]);

const ANY = [
  'InternalError', 'UserNotFound', 'LimitExceeded', 'InvalidParameter',
  '100', '200', '210', '300', '400', '410', '420', '430', '500', '510', '900',
];
const OF_TOPIC = ['InvalidPartition', 'InvalidRetention', 'InvalidDescription'];
const OF_CONNECTOR = [
  'InvalidTopicNotFound', 'InvalidResourceNotFound', 'InvalidState', 'InvalidBucketNotFound', 'InvalidDescription',
  'InvalidConsumerSpec', 'InvalidDateFormat', 'InvalidExportType', 'InvalidLocation', 'InvalidRoleNrn',
];
const OF_DELETION = ['DeleteFailure', 'InvalidState', 'InvalidTopicNotFound', 'InvalidResourceNotFound'];

/** Which operation can give which code. */
export const DATA_STREAM_CODES: Readonly<Partial<Record<Write, readonly string[]>>> = {
  createTopic: [...ANY, ...OF_TOPIC, 'CreateFailure', 'DuplicateName', 'InvalidName', 'ResourceAlreadyExists'],
  updateTopic: [...ANY, ...OF_TOPIC, 'UpdateFailure', 'InvalidState', 'InvalidTopicNotFound', 'InvalidResourceNotFound'],
  deleteTopic: [...ANY, ...OF_DELETION],
  createConnector: [...ANY, ...OF_CONNECTOR, 'CreateFailure', 'ResourceAlreadyExists'],
  updateConnector: [...ANY, ...OF_CONNECTOR, 'UpdateFailure', 'InvalidConnectorNotFound'],
  deleteConnector: [...ANY, ...OF_DELETION, 'InvalidConnectorNotFound'],
};

/** A good request but for one thing. */
function but(which: Write, code: string, says: string, settings: object, name?: string): Cause {
  return {
    code,
    says,
    cause: async (here) => {
      const given = { ...(await prepared(here, which)), settings, ...(name === undefined ? {} : { name }) };
      return { work: () => write(here, which, given), already: here.arrived().length };
    },
  };
}

/** A good request after something happened. */
function after(which: Write, code: string, says: string, happens: Happening): Cause {
  return {
    code,
    says,
    cause: async (here) => {
      const given = await prepared(here, which);
      await happens(here, given.topicId ?? '');
      return { work: () => write(here, which, given), already: here.arrived().length };
    },
  };
}

type Happening = (here: Parameters<Cause['cause']>[0], topicId: string) => unknown;

const wrongKey = (which: Write): Cause => ({
  code: '200',
  says: SIGNATURE,
  options: { naverSecret: 'wrong' },
  cause: (here) => Promise.resolve({ work: () => write(here, which), already: 0 }),
});
const noRole = (which: Write): Cause => after(which, '210', PERMISSION, ({ emulator }) => (emulator.world.naverRole = 'none'));
const deleted: Happening = ({ emulator, clock }, id) => {
  const topic = emulator.world.dataStream.byId(id);
  if (topic !== undefined) topic.goneAt = clock.now - 1;
};
const deleting: Happening = ({ emulator }, id) => {
  const topic = emulator.world.dataStream.byId(id);
  if (topic !== undefined) topic.goneAt = Number.MAX_SAFE_INTEGER;
};
const disconnected: Happening = ({ emulator }, id) => {
  const topic = emulator.world.dataStream.byId(id);
  if (topic !== undefined) topic.connector = undefined;
};
const connected: Happening = ({ dataStream }, id) => dataStream.createConnector(id, CONNECTOR);
const common = (which: Write): readonly Cause[] => [wrongKey(which), noRole(which)];
const LONG = { description: 'x'.repeat(201) };

const wrongConnector = (which: Write): readonly Cause[] => [
  ...common(which),
  after(which, 'InvalidTopicNotFound', TOPIC_GONE, deleted),
  but(which, 'InvalidDescription', DESCRIPTION, LONG),
  but(which, 'InvalidConsumerSpec', SPEC, { consumerSpec: 'LARGE' }),
  but(which, 'InvalidDateFormat', FORMAT, { dateFormat: 'WEEK' }),
  but(which, 'InvalidExportType', EXPORT, { exportType: 'DISK' }),
  but(which, 'InvalidLocation', LOCATION, { location: 'logs' }),
  but(which, 'InvalidBucketNotFound', BUCKET, { location: 's3a://missing-logs' }),
  but(which, 'InvalidRoleNrn', ROLE, { roleNrn: 'role' }),
  but(
    which,
    'InvalidParameter',
    'The service says: Bad Request: flushCount must be an integer from 5000 to 50000 | Check what was entered.',
    { flushCount: 1 },
  ),
];

/** What the emulator's own rules refuse. */
export const DATA_STREAM_CAUSES: Readonly<Partial<Record<Write, readonly Cause[]>>> = {
  createTopic: [
    ...common('createTopic'),
    but('createTopic', 'InvalidName', NAME, {}, 'Orders'),
    but('createTopic', 'InvalidPartition', PARTITIONS, { partitions: 17 }),
    but('createTopic', 'InvalidRetention', RETENTION, { retentionMs: 1 }),
    but('createTopic', 'InvalidDescription', DESCRIPTION, LONG),
    after('createTopic', 'DuplicateName', DUPLICATE, (here) => write(here, 'createTopic')),
    after('createTopic', 'LimitExceeded', LIMIT, async ({ dataStream }) => {
      for (const end of 'abc') await dataStream.createTopic({ name: `h4j6l-${end}`, partitions: 1, retentionMs: HOUR });
    }),
  ],
  updateTopic: [
    ...common('updateTopic'),
    but('updateTopic', 'InvalidPartition', PARTITIONS, { partitions: 1 }),
    but('updateTopic', 'InvalidRetention', RETENTION, { retentionMs: 1 }),
    but('updateTopic', 'InvalidDescription', DESCRIPTION, LONG),
    after('updateTopic', 'InvalidTopicNotFound', TOPIC_GONE, deleted),
    after('updateTopic', 'InvalidState', STATE, deleting),
  ],
  deleteTopic: [
    ...common('deleteTopic'),
    after('deleteTopic', 'InvalidTopicNotFound', TOPIC_GONE, deleted),
    after('deleteTopic', 'InvalidState', STATE, deleting),
    after(
      'deleteTopic',
      'DeleteFailure',
      `The service could not delete it. It says: Bad Request: The topic has a connector | ${BROKEN}`,
      connected,
    ),
  ],
  createConnector: [
    ...wrongConnector('createConnector'),
    after('createConnector', 'InvalidState', STATE, deleting),
    after('createConnector', 'ResourceAlreadyExists', EXISTS('createConnector'), connected),
  ],
  updateConnector: [
    ...wrongConnector('updateConnector'),
    after('updateConnector', 'InvalidConnectorNotFound', CONNECTOR_GONE, disconnected),
  ],
  deleteConnector: [
    ...common('deleteConnector'),
    after('deleteConnector', 'InvalidTopicNotFound', TOPIC_GONE, deleted),
    after('deleteConnector', 'InvalidConnectorNotFound', CONNECTOR_GONE, disconnected),
  ],
};
