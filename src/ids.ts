/**
 * Every string shared with `package.json`, by hand: a test compares both ways. An id without a handler does not compile,
 * because the command table is a `Record<CommandId, Command>`.
 */

/** The tree view. */
export const RESOURCES_VIEW = 'cloudStreams.resources';

/** What was sent and changed from this machine. */
export const ACTIVITY_VIEW = 'cloudStreams.activity';

/** Commands, as in `contributes.commands`. */
export const COMMANDS = {
  addAccount: 'cloudStreams.account.add',
  editAccount: 'cloudStreams.account.edit',
  duplicateAccount: 'cloudStreams.account.duplicate',
  removeAccount: 'cloudStreams.account.remove',
  testAccount: 'cloudStreams.account.test',
  importAccounts: 'cloudStreams.account.import',
  addDemo: 'cloudStreams.demo.add',
  refresh: 'cloudStreams.refresh',
  refreshNode: 'cloudStreams.node.refresh',
  retryNode: 'cloudStreams.node.retry',
  loadMore: 'cloudStreams.list.loadMore',
  filterList: 'cloudStreams.list.filter',
  clearFilter: 'cloudStreams.list.clearFilter',
  showLog: 'cloudStreams.log.show',
  sendDocument: 'cloudStreams.message.sendDocument',
  send: 'cloudStreams.message.send',
  sendOne: 'cloudStreams.message.sendOne',
  plan: 'cloudStreams.message.plan',
  changeTarget: 'cloudStreams.message.changeTarget',
  sendFiles: 'cloudStreams.message.sendFiles',
  chooseEnvironment: 'cloudStreams.message.chooseEnvironment',
  sendPlan: 'cloudStreams.plan.send',
  renewPlan: 'cloudStreams.plan.renew',
  turnPage: 'cloudStreams.report.turnPage',
  sendRest: 'cloudStreams.run.sendRest',
  sendUnknown: 'cloudStreams.run.sendUnknown',
  planRun: 'cloudStreams.run.planAgain',
  exportRun: 'cloudStreams.run.export',
  sortRun: 'cloudStreams.run.sort',
  openRun: 'cloudStreams.run.open',
  resumeRun: 'cloudStreams.run.resume',
  openActivity: 'cloudStreams.activity.open',
  copyActivityCurl: 'cloudStreams.activity.copyCurl',
  filterActivity: 'cloudStreams.activity.filter',
  clearActivityFilter: 'cloudStreams.activity.clearFilter',
  loadMoreActivity: 'cloudStreams.activity.loadMore',
  clearActivity: 'cloudStreams.activity.clear',
  copyKafkaCode: 'cloudStreams.resource.copyKafkaCode',
  newMessage: 'cloudStreams.dataStream.topic.newMessage',
  unlockAccount: 'cloudStreams.account.unlock',
  lockAccount: 'cloudStreams.account.lock',
  createDataStreamTopic: 'cloudStreams.dataStream.topic.create',
  deleteDataStreamTopic: 'cloudStreams.dataStream.topic.delete',
  createConnector: 'cloudStreams.dataStream.connector.create',
  deleteConnector: 'cloudStreams.dataStream.connector.delete',
  createEasyQueueTopic: 'cloudStreams.easyQueue.topic.create',
  deleteEasyQueueTopic: 'cloudStreams.easyQueue.topic.delete',
  createPackage: 'cloudStreams.functions.package.create',
  deletePackage: 'cloudStreams.functions.package.delete',
  createAction: 'cloudStreams.functions.action.create',
  openCode: 'cloudStreams.functions.action.openCode',
  runAction: 'cloudStreams.functions.action.run',
  deployTo: 'cloudStreams.functions.action.deploy',
  undoDeploy: 'cloudStreams.functions.action.undoDeploy',
  copyAction: 'cloudStreams.functions.action.copy',
  downloadAction: 'cloudStreams.functions.action.download',
  deleteAction: 'cloudStreams.functions.action.delete',
  deployFile: 'cloudStreams.functions.deployFile',
  runCode: 'cloudStreams.functions.code.run',
  deployCode: 'cloudStreams.functions.code.deploy',
  undoCode: 'cloudStreams.functions.code.undo',
  showActivations: 'cloudStreams.functions.code.activations',
  runAgain: 'cloudStreams.functions.run.again',
  refreshRun: 'cloudStreams.functions.run.refresh',
  openActivation: 'cloudStreams.functions.activation.open',
  chooseActivationRange: 'cloudStreams.functions.activations.range',
  watchActivations: 'cloudStreams.functions.activations.watch',
  createTrigger: 'cloudStreams.functions.trigger.create',
  fireTrigger: 'cloudStreams.functions.trigger.fire',
  linkActions: 'cloudStreams.functions.trigger.linkActions',
  unlinkAction: 'cloudStreams.functions.trigger.unlinkAction',
  deleteTrigger: 'cloudStreams.functions.trigger.delete',
  editResource: 'cloudStreams.resource.edit',
  viewResource: 'cloudStreams.resource.view',
  viewRawResource: 'cloudStreams.resource.viewRaw',
  applyDocument: 'cloudStreams.document.apply',
  copyName: 'cloudStreams.resource.copyName',
  copyId: 'cloudStreams.resource.copyId',
  copyEndpoint: 'cloudStreams.resource.copyEndpoint',
  copyCurl: 'cloudStreams.resource.copyCurl',
  copyKafkaSettings: 'cloudStreams.resource.copyKafkaSettings',
  openConsole: 'cloudStreams.resource.openConsole',
  openDashboard: 'cloudStreams.dashboard.open',
  openBoard: 'cloudStreams.dashboard.openPinned',
  pin: 'cloudStreams.resource.pin',
  unpin: 'cloudStreams.resource.unpin',
} as const;

/** Id of a command of ours. */
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Context keys used in `when` clauses. */
export const CONTEXTS = {
  hasAccounts: 'cloudStreams.hasAccounts',
  isReady: 'cloudStreams.isReady',
  hasActivity: 'cloudStreams.hasActivity',
  isActivityFiltered: 'cloudStreams.isActivityFiltered',
} as const;

/** Settings, as in `contributes.configuration`. */
export const SETTINGS = {
  autoRefreshSeconds: 'cloudStreams.tree.autoRefreshSeconds',
  pageSize: 'cloudStreams.tree.pageSize',
  requestTimeoutSeconds: 'cloudStreams.request.timeoutSeconds',
  codeLens: 'cloudStreams.messages.codeLens',
  planAbove: 'cloudStreams.messages.planAbove',
  concurrency: 'cloudStreams.messages.concurrency',
  ratePerSecond: 'cloudStreams.messages.ratePerSecond',
  order: 'cloudStreams.messages.order',
  waitSeconds: 'cloudStreams.functions.waitSeconds',
  dashboardSeconds: 'cloudStreams.dashboards.refreshSeconds',
  timeZone: 'cloudStreams.dashboards.timeZone',
  keepPayloads: 'cloudStreams.journal.keepPayloads',
  journalMegabytes: 'cloudStreams.journal.maxMegabytes',
} as const;

/** First word of a tree item's `contextValue`: what the row is. */
export const NODE_KINDS = [
  'account',
  'dataStream',
  'dataStream.topic',
  'dataStream.connector',
  'dataStream.endpoint',
  'cloudFunctions',
  'cloudFunctions.package',
  'cloudFunctions.action',
  'cloudFunctions.triggers',
  'cloudFunctions.trigger',
  'cloudFunctions.linkedAction',
  'cloudFunctions.activations',
  'cloudFunctions.activation',
  'easyQueue',
  'easyQueue.topic',
  'easyQueue.partitions',
  'easyQueue.partition',
  'easyQueue.group',
  'easyQueue.member',
  'easyQueue.memberPartition',
  'pins',
  'recents',
  'problem',
  'empty',
  'loadMore',
] as const;

/** What a row is. */
export type NodeKind = (typeof NODE_KINDS)[number];

/** Further words of a `contextValue`: what can be done with the row. */
export const NODE_FLAGS = [
  'list', 'filtered', 'demo', 'naver', 'nhn', 'canSend', 'canWrite',
  'locked', 'unlocked',
  'edit', 'view', 'id', 'endpoint', 'kafka', 'curl', 'console',
  'pinned', 'pinnable', 'reference', 'code', 'canRun', 'dashboard',
] as const;

/** Scheme of the documents that show and change resources. */
export const RESOURCE_SCHEME = 'cloud-streams';

/** Scheme of the read-only documents that show plans and results of sends. */
export const REPORT_SCHEME = 'cloud-streams-send';

/** Scheme of the read-only documents that show runs and activations. */
export const RUN_SCHEME = 'cloud-streams-run';

/** Scheme of the read-only files of an action's archive. */
export const ARCHIVE_SCHEME = 'cloud-streams-archive';

/** Scheme of the read-only documents that show what was changed from this machine. */
export const ACTIVITY_SCHEME = 'cloud-streams-activity';

/** Type of the panels that show dashboards. */
export const DASHBOARD_VIEW = 'cloudStreams.dashboard';

/** Language of plans and results, as in `contributes.languages`. */
export const REPORT_LANGUAGE = 'cloudStreamsReport';

/** File of the workspace with variables for messages, below its folder. */
export const VARIABLES_FILE = '.vscode/cloud-streams.variables.json';

/** First word of an activity row's `contextValue`. */
export const ACTIVITY_KINDS = ['run', 'write', 'moreActivity'] as const;

/** Further words of it: what can be done with the row. */
export const ACTIVITY_FLAGS = ['resumable', 'rest', 'unknown', 'ended', 'curl'] as const;

/** What can be done with a row. */
export type NodeFlag = (typeof NODE_FLAGS)[number];
