import { dayMs } from '../time.ts';
import type { Random } from '../random.ts';
import { hexadecimal } from '../random.ts';
import { actionPath, noPackage } from './model.ts';
import type { Action, ActionSpec, ActionType, Activation, Trigger } from './model.ts';
import { firedLine } from './run.ts';
import { sources } from './sampleSources.ts';
import type { FunctionsState, Scope } from './state.ts';

const vpc = { vpcNo: 21538, subnetNo: 45007 };

/** Packages, actions, triggers and a month of activations on VPC, and a few on Classic; `now` in ms. */
export function addFunctionSamples(state: FunctionsState, random: Random, now: number): void {
  addVpc(state);
  addClassic(state);
  for (const platform of ['vpc', 'classic'] as const) {
    const past: Past = { state, scope: state.scope(platform), random };
    const { actions, triggers, activations } = past.scope;
    for (const action of actions.values()) addHistory(past, action, now);
    for (const trigger of triggers.values()) addFirings(past, trigger, now);
    for (const list of [activations, ...actions.values().map((action) => action.activations)]) {
      list.sort((left, right) => left.start - right.start);
    }
  }
}

/** Where a history takes place. */
interface Past {
  readonly state: FunctionsState;
  readonly scope: Scope;
  readonly random: Random;
}

function addVpc(state: FunctionsState): void {
  state.addPackage('vpc', 'order-tools', '주문 처리 · what happens to an order', { currency: 'KRW', region: 'KR' });
  state.addPackage('vpc', 'notify', '알림 · mails and messages', { sender: 'no-reply@shop.example' });
  state.addPackage('vpc', 'analytics', '분석 · reports and sessions', {});
  const add = (pkg: string, name: string, type: ActionType, spec: ActionSpec, typicalMs?: number): void => {
    state.addAction('vpc', typicalMs === undefined ? { pkg, name } : { pkg, name, typicalMs }, type, { ...spec, vpc });
  };
  const sequence = (pkg: string, name: string, type: ActionType, description: string, components: string[]): void => {
    const exec = { kind: 'sequence', components };
    state.addAction('vpc', { pkg, name, typicalMs: 260 }, type, { ...bare(description), exec });
  };
  add(
    'order-tools',
    'validate-order',
    'basic',
    code('주문 검증 · checks an order', 'nodejs:22', sources.validate, 256),
  );
  add('order-tools', 'price-order', 'basic', code('금액 계산 · adds up an order', 'python:3.13', sources.price, 256));
  add('order-tools', 'store-order', 'basic', archive('주문 저장 · writes it to the database', 'java:21', 512), 340);
  sequence('order-tools', 'accept-order', 'sequence', '주문 접수 · validate, price, store', [
    'order-tools/validate-order',
    'order-tools/price-order',
    'order-tools/store-order',
  ]);
  add('notify', 'send-mail', 'basic', code('메일 발송 · sends a mail', 'nodejs:22', sources.mail, 128));
  add('notify', 'greet', 'web', { ...code('인사 · a small page', 'php:7.3', sources.php, 128), customOptions: true });
  sequence('notify', 'order-page', 'sequence-web', '주문 페이지 · an order as a page', [
    'order-tools/price-order',
    '-/hello-web',
  ]);
  add(
    'analytics',
    'daily-report',
    'basic',
    code('일일 보고서 · a whole day', 'python:3.13', sources.report, 1024),
    90_000,
  );
  add('analytics', 'count-sessions', 'basic', code('세션 수 · counts sessions', 'go:1.19', sources.go, 256));
  const image = { kind: 'custom image', imageUri: 'demo-registry/thumbnailer:1.4' };
  add('analytics', 'thumbnailer', 'basic', { ...bare('썸네일 · a container'), exec: image, limits: limits(512) }, 900);
  add(noPackage, 'hello-web', 'web', code('웹 액션 · says hello', 'nodejs:22', sources.web, 128));
  add(noPackage, 'old-cleanup', 'basic', code('정리 · runtime no longer supported', 'nodejs:16', sources.mail, 128));
  addTriggers(state);
}

function addTriggers(state: FunctionsState): void {
  const add = (
    name: string,
    type: Trigger['type'],
    description: string,
    options: Trigger['spec']['options'],
    links: readonly string[],
  ): void => {
    const cron = type === 'cron' ? { cron: options[0]?.value ?? '' } : {};
    const trigger = state.addTrigger('vpc', name, type, { description, parameters: {}, options, ...cron });
    for (const link of links) trigger.links.add(link);
  };
  const cronOption = (value: string): Trigger['spec']['options'] => [{ key: 'cronOption', value }];
  add('every-five-minutes', 'cron', '5분마다 · every five minutes', cronOption('*/5 * * * *'), [
    'analytics/count-sessions',
  ]);
  add('monday-report', 'cron', '월요일 10시 · Mondays at ten', cronOption('0 10 * * 1'), ['analytics/daily-report']);
  add(
    'on-push',
    'github',
    '저장소 푸시 · a push to the repository',
    [{ key: 'events', value: 'push,release' }],
    ['notify/send-mail', '-/old-cleanup'],
  );
  add(
    'on-upload',
    'object_storage',
    '파일 업로드 · a new picture',
    [
      { key: 'bucketName', value: 'demo-pictures' },
      { key: 'eventRuleName', value: 'uploaded' },
    ],
    ['analytics/thumbnailer'],
  );
  add(
    'on-secret',
    'secret_manager',
    '비밀 교체 · a secret was rotated',
    [{ key: 'secretName', value: 'database' }],
    [],
  );
}

function addClassic(state: FunctionsState): void {
  state.addPackage('classic', 'civil', '민원 처리 · requests of citizens', { place: 'Naver Cloud Platform' });
  const add = (pkg: string, name: string, type: ActionType, spec: ActionSpec): void => {
    state.addAction('classic', { pkg, name }, type, spec);
  };
  add('civil', 'register', 'basic', code('접수 · registers a request', 'python:3.13', sources.price, 256));
  add('civil', 'form', 'web', code('양식 · a form', 'nodejs:22', sources.web, 128));
  const options = [{ key: 'cronOption', value: '0 9 * * *' }];
  const spec = { description: '매일 9시 · at nine', parameters: {}, options, cron: '0 9 * * *' };
  state.addTrigger('classic', 'every-morning', 'cron', spec).links.add(actionPath('civil', 'register'));
}

function bare(description: string): Omit<ActionSpec, 'exec'> {
  return { description, parameters: {}, rawHttp: false, customOptions: false };
}

function limits(memory: number): { readonly timeout: number; readonly memory: number } {
  return { timeout: 120_000, memory };
}

function code(description: string, kind: string, text: string, memory: number): ActionSpec {
  return { ...bare(description), exec: { kind, code: text, binary: false, main: 'main' }, limits: limits(memory) };
}

/** A tiny archive: the four bytes a ZIP file starts with, and the end of an empty one. */
function archive(description: string, kind: string, memory: number): ActionSpec {
  const empty = Buffer.from(`PK\u0005\u0006${'\0'.repeat(18)}`, 'latin1').toString('base64');
  return { ...bare(description), exec: { kind, code: empty, binary: true, main: 'Main' }, limits: limits(memory) };
}

/** Runs of the last month, more of them lately; some fail. */
function addHistory(past: Past, action: Action, now: number): void {
  const { random } = past;
  const count = random.integer(40, 160);
  const starts = Array.from({ length: count }, () => now - Math.floor(random.next() ** 2 * 29 * dayMs) - 120_000);
  for (const start of starts.sort((left, right) => left - right)) addRun(past, action, start);
}

/** One run, with those of its components. */
function addRun(past: Past, action: Action, start: number): Activation {
  const { state, scope, random } = past;
  const { components } = action.spec.exec;
  const activation = components === undefined ? pastRun(action, random, start) : pastSequence(past, action, components, start);
  state.keep(action, activation, scope);
  return activation;
}

function pastRun(action: Action, random: Random, start: number): Activation {
  const duration = Math.max(2, Math.round(action.typicalMs * (0.5 + random.next() ** 3 * 3)));
  const isFailed = random.next() < 0.06;
  const time = new Date(start).toISOString();
  return {
    activationId: random.text(32, hexadecimal),
    name: action.name,
    start,
    duration,
    status: isFailed ? 'application error' : 'success',
    result: isFailed ? { error: 'An order needs an id and an amount.' } : { accepted: true },
    logs: [
      `${time} stdout: ${action.name} 시작 · started`,
      `${time} ${isFailed ? 'stderr: An order needs an id and an amount.' : 'stdout: done'}`,
    ],
  };
}

/** One component after the other, up to the first that failed; its log has the ids of their runs. */
function pastSequence(past: Past, { name }: Action, components: readonly string[], start: number): Activation {
  const logs: string[] = [];
  let duration = 0;
  let last: Pick<Activation, 'status' | 'result'> = { status: 'success', result: {} };
  for (const path of components) {
    const component = past.scope.actions.get(path);
    if (component === undefined || last.status !== 'success') break;
    const run = addRun(past, component, start + duration);
    duration += run.duration;
    last = { status: run.status, result: run.result };
    logs.push(run.activationId);
  }
  return { activationId: past.random.text(32, hexadecimal), name, start, duration, status: last.status, result: last.result, logs };
}

/** Once an hour of the last day; what each link did stands in the log, as OpenWhisk writes it (cloudfunctions.md §6.3). */
function addFirings(past: Past, trigger: Trigger, now: number): void {
  const { state, scope, random } = past;
  if (trigger.links.size === 0) return;
  for (let index = 24; index > 0; index -= 1) {
    const start = now - index * 3_600_000;
    const logs = Array.from(trigger.links).flatMap((path) => {
      const action = scope.actions.get(path);
      return action === undefined ? [] : [firedLine(trigger.name, action, addRun(past, action, start).activationId)];
    });
    const activationId = random.text(32, hexadecimal);
    state.keep(trigger, { activationId, name: trigger.name, start, duration: 0, status: 'success', result: {}, logs });
  }
}
