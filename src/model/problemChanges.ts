import * as l10n from '@vscode/l10n';

import { MAX_DATA_STREAM_TOPICS } from './dataStream.ts';
import { said, uncertain, type ByReason, type Explain, type ProblemSubject, type Words } from './problemWords.ts';

/**
 * Words for what a change was refused for, by the services' error codes (datastream.md §6.4, easyqueue.md §2.6). A table for
 * each kind of error; the service's own words stand in the problem's detail.
 */

/** `conflict` */
export const CONFLICTS: ByReason = {
  duplicateName: () => ({
    message: l10n.t('The name is taken already.'),
    hint: l10n.t('Choose another name.'),
    remedies: [],
  }),
  state: () => ({
    message: l10n.t('It cannot be changed in its present state.'),
    hint: l10n.t('It may be being created or deleted just now: wait until that is done, refresh and try again.'),
    remedies: ['retry'],
  }),
  connectorExists: () => ({
    message: l10n.t('The topic has a connector already, and one is all it may have.'),
    hint: l10n.t('Edit that connector, or delete it first.'),
    remedies: [],
  }),
};

/** `invalid` */
export const INVALID_VALUES: ByReason = {
  nameRule: value(
    () => l10n.t('The name was refused.'),
    () => l10n.t("It takes lower-case letters, digits and hyphens, at most 200 with the account's prefix in front."),
  ),
  partitions: value(
    () => l10n.t('The number of partitions was refused.'),
    () => l10n.t('A topic has 1 to 16 partitions, and they can only be added.'),
  ),
  retention: value(
    () => l10n.t('The retention was refused.'),
    () => l10n.t('Messages can be kept for 1 hour to 15 days.'),
  ),
  description: value(
    () => l10n.t('The description was refused.'),
    () => l10n.t('Shorten it to 200 characters.'),
  ),
  consumerSpec: value(
    () => l10n.t('The size of the connector was refused.'),
    () => l10n.t('Choose SMALL or MEDIUM.'),
  ),
  dateFormat: value(
    () => l10n.t('The date format was refused.'),
    () => l10n.t('Choose NONE, YEAR, MONTH, DAY or HOUR.'),
  ),
  exportType: value(
    () => l10n.t('The kind of target was refused.'),
    () => l10n.t('OBJECT_STORAGE is the only one there is.'),
  ),
  location: value(
    () => l10n.t('The location was refused.'),
    () => l10n.t('Write it as {0}.', 's3a://bucket/path'),
  ),
  bucket: value(
    () => l10n.t('The bucket does not exist, or cannot be reached.'),
    () => l10n.t('Check the location, and in Object Storage that the bucket is not locked and lets the role in.'),
  ),
  roleNrn: value(
    () => l10n.t('The role was refused.'),
    () => l10n.t('In Sub Account > Roles, copy the NRN of a service role with the policy {0}.', 'NCP_DATA_STREAM_SERVICE_ROLE'),
  ),
  // Which one, only the service's own words tell.
  parameter: ({ detail }) => ({
    message: said(detail, l10n.t('The service refused a value.')),
    hint: l10n.t('Check what was entered.'),
    remedies: ['showLog'],
  }),
};

/** `quotaExceeded` */
export const QUOTAS: ByReason = {
  topicQuota: () => ({
    message: l10n.t('The project has all the {0} topics it may have.', 10),
    hint: l10n.t('Delete one that is not needed any more.'),
    remedies: [],
  }),
  topicPartitionQuota: () => ({
    message: l10n.t('A topic may not have so many partitions.'),
    hint: l10n.t('It may have {0} at most.', 16),
    remedies: [],
  }),
  projectPartitionQuota: () => ({
    message: l10n.t('The project has not enough partitions left: all its topics together may have {0}.', 64),
    hint: l10n.t('Take fewer, or delete a topic that is not needed any more.'),
    remedies: [],
  }),
  quota: () => ({
    message: l10n.t('A limit of the service is reached.'),
    hint: l10n.t(
      'Delete what is not needed any more: an account may have {0} topics, and a topic one connector.',
      MAX_DATA_STREAM_TOPICS,
    ),
    remedies: [],
  }),
};

/** `notFound` */
export const GONE: ByReason = {
  topicGone: gone(() => l10n.t('The topic does not exist any more.')),
  connectorGone: gone(() => l10n.t('The connector does not exist any more.')),
  resourceGone: gone(() => l10n.t('It does not exist any more.')),
  cluster: () => ({
    message: l10n.t('The Kafka cluster of the app key was not found.'),
    hint: checkAppKey(),
    remedies: ['retry', 'editAccount'],
  }),
};

/** `unavailable`: where it broke down. Nobody knows how far it got. */
export const BREAKDOWNS: ByReason = {
  createFailed: breakdown(
    () => l10n.t('The service could not create it.'),
    (detail) => l10n.t('The service could not create it. It says: {0}', detail),
  ),
  updateFailed: breakdown(
    () => l10n.t('The service could not change it.'),
    (detail) => l10n.t('The service could not change it. It says: {0}', detail),
  ),
  deleteFailed: breakdown(
    () => l10n.t('The service could not delete it.'),
    (detail) => l10n.t('The service could not delete it. It says: {0}', detail),
  ),
  internal: breakdown(
    () => l10n.t('The service had an internal error.'),
    (detail) => l10n.t('The service had an internal error. It says: {0}', detail),
  ),
};

/** `unauthorized`: the keys belong to somebody the service does not know. */
export const unknownUser: Explain = (_details, subject) => ({
  message: l10n.t('The service does not know the user these keys belong to.'),
  hint: checkKeys(subject),
  remedies: ['editAccount', 'testAccount'],
});

/** The hint where keys are wrong, or cannot be used. */
export function checkKeys({ accountName }: ProblemSubject): string {
  return accountName === undefined
    ? l10n.t('Check the keys of the account.')
    : l10n.t('Check the keys of account "{0}".', accountName);
}

/** A refused value: what to enter instead helps more than a button. */
function value(message: () => string, hint: () => string): Explain {
  return (): Words => ({ message: message(), hint: hint(), remedies: ['showLog'] });
}

/** What was there when it was last looked at. */
export function gone(message: () => string): Explain {
  return (): Words => ({ message: message(), hint: deleted(), remedies: [] });
}

/** The hint where something is not there. */
export function deleted(): string {
  return l10n.t('It may have been deleted meanwhile: refresh the list.');
}

/** The hint where EasyQueue has nothing for an app key. */
export function checkAppKey(): string {
  return l10n.t('Check the app key and its region in the account.');
}

function breakdown(message: () => string, quoting: (detail: string) => string): Explain {
  return (details) => ({
    message: details.detail === undefined || details.reason === 'notJson' ? message() : quoting(details.detail),
    hint: uncertain(details) ?? l10n.t('Try again in a few minutes.'),
    remedies: ['retry', 'showLog'],
  });
}
