import type { FunctionsRegion } from '../../../model/account.ts';
import { isAction, type RunSubject } from './subject.ts';
import { isRegion } from '../resources.ts';

/** What the address of an activation's document says: enough to read it again after a reload, and nothing secret. */
export interface RunAddress {
  readonly accountId: string;
  readonly region: FunctionsRegion;
  /** Package of the action; undefined for a trigger. */
  readonly pkg: string | undefined;
  /** Name of the action or trigger. */
  readonly name: string;
  readonly activationId: string;
}

/** What stands in place of a trigger's package. */
const NO_PACKAGE = '-';
/** How much of an id tells activations apart for people. */
const SHORT_ID = 8;
const MAX_FILE_NAME = 60;

/** The address of one activation. */
export function runAddress(subject: RunSubject, activationId: string): RunAddress {
  const { place: { account, region }, name, pkg } = subject;
  return { accountId: account.id, region, pkg, name, activationId };
}

/** The first characters of an id. */
export function shortId(activationId: string): string {
  return activationId.slice(0, SHORT_ID).toWellFormed();
}

/** The path of an activation's document: `/{account}/{region}/{action|trigger}/{package}/{name}/{id}/{name}-{short id}.log`; the end is for people. */
export function runPath(address: RunAddress): string {
  const { name, activationId } = address;
  const file = `${name.slice(0, MAX_FILE_NAME)}-${shortId(activationId)}`.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
  return `/${runKey(address)}/${file}.log`;
}

/** Names an activation among all others; begins with the id of its account, encoded, and a slash. */
export function runKey({ accountId, region, pkg, name, activationId }: RunAddress): string {
  const kind = pkg === undefined ? 'trigger' : 'action';
  return [accountId, region, kind, pkg ?? NO_PACKAGE, name, activationId].map(escapeSegment).join('/');
}

/** Names what has activations among all others; begins as {@link runKey} does. */
export function subjectKey(subject: RunSubject): string {
  const { place: { account, region }, name } = subject;
  const kind = isAction(subject) ? 'action' : 'trigger';
  return [account.id, region, kind, subject.pkg ?? NO_PACKAGE, name].map(escapeSegment).join('/');
}

/** What a path of {@link runPath} says; undefined for any other. */
export function readRunPath(path: string): RunAddress | undefined {
  const [start, ...rest] = path.split('/');
  const file = rest.pop();
  if (start !== '' || file === undefined || rest.length !== 6) return undefined;
  const [accountId, region, kind, pkg, name, activationId] = rest.map(unescapeSegment);
  if (!isRegion(region) || (kind !== 'action' && kind !== 'trigger')) return undefined;
  if (!isSaid(accountId) || !isSaid(pkg) || !isSaid(name) || !isSaid(activationId)) return undefined;
  return { accountId, region, pkg: kind === 'action' ? pkg : undefined, name, activationId };
}

/** Whether a path is a folder on the way to a document. */
export function isRunFolder(path: string): boolean {
  return path.split('/').length < 8;
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** No segment is a dot segment or holds a slash, whatever the names are. */
function escapeSegment(text: string): string {
  const escaped = encodeURIComponent(text.toWellFormed());
  return escaped === '.' || escaped === '..' ? escaped.replaceAll('.', '%2E') : escaped;
}

function unescapeSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
