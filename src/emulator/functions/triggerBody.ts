import { missingPrefix, rotatingPrefix } from '../choices.ts';
import { parseCron } from './cron.ts';
import { refuse } from './errors.ts';
import type { FunctionCode } from './errors.ts';
import { bodyCodes, Fields } from './fields.ts';
import { githubEvents } from './githubEvents.ts';
import type { ApiVersion, TriggerSpec, TriggerType } from './model.ts';
import type { IntegratedService } from './state.ts';

/** What the rules of a body depend on. */
export interface TriggerContext {
  readonly version: ApiVersion;
  readonly type: TriggerType;
  readonly isNew: boolean;
  readonly unsubscribed: ReadonlySet<IntegratedService>;
}

type Options = TriggerSpec['options'];

/** Reads the body of PutTrigger: flat in v2.1, wrapped in v2.0 (cloudfunctions.md §7.3, §7.4). @throws Refusal */
export function readTrigger(body: Buffer, context: TriggerContext): TriggerSpec {
  const whole = Fields.ofBody(body, bodyCodes.trigger);
  const fields = context.version === 'v2.1' ? whole : whole.need(whole.object('trigger'));
  const common = { description: fields.description(), parameters: fields.parameters() };
  if (context.type === 'cron') {
    const cron = fields.need(fields.text('cronOption'));
    if (parseCron(cron) === undefined) throw refuse(80507);
    return { ...common, options: [{ key: 'cronOption', value: cron }], cron };
  }
  return { ...common, options: readOptions(fields, whole, context) };
}

function readOptions(fields: Fields, whole: Fields, context: TriggerContext): Options {
  const { type } = context;
  switch (type) {
    case 'cron':
      return [];
    case 'github':
      return readGithub(fields, whole, context);
    case 'insight':
      return readInsight(fields, context);
    case 'object_storage':
      subscribed(context, 'objectStorage', 80730);
      return readLinks(fields, 'objectStorageLink', ['bucketName', 'eventRuleName'], 80731);
    case 'source_commit':
      subscribed(context, 'sourceCommit', 80005);
      return readLinks(fields, 'sourceCommitLink', ['repositoryName', 'webhookName'], 80740);
    case 'secret_manager':
      subscribed(context, 'secretManager', 80750);
      // One secret for a trigger (cloudfunctions.md §7.3).
      if ((fields.objects('secretManagerLink')?.length ?? 0) > 1) throw refuse(80507);
      return readLinks(fields, 'secretManagerLink', ['secretName'], 80751);
    default:
      return type satisfies never;
  }
}

/** `link` is required and valid only on creation (cloudfunctions.md §7.3); names differ in v2.0 (§7.4). */
function readGithub(fields: Fields, whole: Fields, context: TriggerContext): Options {
  const isNewer = context.version === 'v2.1';
  const credential = fields.need(fields.object(isNewer ? 'credential' : 'credentials'));
  for (const name of ['username', 'accessToken', 'repository']) credential.need(credential.text(name));
  const events = fields.need(fields.texts('events'));
  if (events.length === 0 || events.some((event) => !githubEvents.has(event))) throw refuse(80507);
  const link = whole.object('link');
  if (!context.isNew && link !== undefined) throw refuse(80507);
  if (context.isNew) {
    const given = whole.need(link);
    for (const name of [isNewer ? 'productName' : 'productId', 'apiName', 'stageName']) given.need(given.text(name));
    subscribed(context, 'apiGateway', 80700);
  }
  return [{ key: 'events', value: events.join(',') }];
}

function readInsight(fields: Fields, context: TriggerContext): Options {
  subscribed(context, 'insight', 80710);
  for (const link of fields.objects('insightLink') ?? []) {
    const minutes = link.integer('reminderTime') ?? 5;
    if (minutes < 5 || minutes > 720) throw refuse(80507);
    link.flag('enableNotiWhenEventClose');
  }
  return fields.has('insightLink') ? readLinks(fields, 'insightLink', ['prodKey', 'ruleGrpId'], 80711) : [];
}

/** A required list of links whose texts are all required; names that start with "missing" do not exist. */
function readLinks(fields: Fields, list: string, names: readonly string[], notFound: FunctionCode): Options {
  const links = fields.need(fields.objects(list));
  if (links.length === 0) throw refuse(fields.codes.missing);
  return links.flatMap((link) => {
    link.flag('enable');
    return names.map((key) => {
      const value = link.need(link.text(key));
      if (value.startsWith(missingPrefix)) throw refuse(notFound);
      if (key === 'secretName' && value.startsWith(rotatingPrefix)) throw refuse(80752);
      return { key, value };
    });
  });
}

function subscribed({ unsubscribed }: TriggerContext, service: IntegratedService, code: FunctionCode): void {
  if (unsubscribed.has(service)) throw refuse(code);
}
