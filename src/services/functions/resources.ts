import type { Account, FunctionsRegion, NaverZone } from '../../model/account.ts';
import { CloudError } from '../../model/cloudError.ts';
import type { ActionName } from '../../model/functions.ts';
import type { ResourceRef } from '../../model/resource.ts';
import type { Resource } from '../../tree/resource.ts';
import type { FunctionsPlace } from './context.ts';

/** The consoles' first pages: no address below them is documented. Each zone is a platform of its own (cloudfunctions.md §1.1). */
const CONSOLES: Readonly<Record<NaverZone, string>> = {
  public: 'https://console.ncloud.com',
  financial: 'https://console.fin-ncloud.com',
  government: 'https://console.gov-ncloud.com',
};

/** What of Cloud Functions can be opened: the kind of its row. */
type FunctionsKind = 'cloudFunctions.package' | 'cloudFunctions.action' | 'cloudFunctions.trigger';

/** Kind of an action's code, which has no row of its own. */
export const CODE_KIND = 'cloudFunctions.code';

/** What the row of a package stands for. */
export function packageResource(name: string, place: FunctionsPlace): Resource {
  return resource('cloudFunctions.package', [name], name, place);
}

/** What the row of an action stands for. */
export function actionResource(pkg: string, name: string, place: FunctionsPlace): Resource {
  return { ...resource('cloudFunctions.action', [pkg, name], name, place), dashboard: true };
}

/** What the row of a trigger stands for. @param id its resource id, known once it was opened */
export function triggerResource(name: string, id: string | undefined, place: FunctionsPlace): Resource {
  return { ...resource('cloudFunctions.trigger', [name], name, place), ...(id === undefined ? {} : { id }) };
}

/** An action's code. @param extension of its file, e.g. `js` */
export function codeRef({ pkg, name }: ActionName, extension: string, { account, region }: FunctionsPlace): ResourceRef {
  return { accountId: account.id, kind: CODE_KIND, keys: [region, pkg, name, extension], name };
}

function resource(kind: FunctionsKind, keys: readonly string[], name: string, { account, region }: FunctionsPlace): Resource {
  return { ref: { accountId: account.id, kind, keys: [region, ...keys], name }, console: consoleOf(account), opens: 'edit' };
}

function consoleOf(account: Account): string {
  return CONSOLES[account.provider === 'naver' ? account.zone : 'public'];
}

/** What the keys of a reference say: the region, and a name, or package and name of an action. */
export interface FunctionsKeys {
  readonly region: FunctionsRegion;
  readonly first: string;
  /** Empty where there is one name alone. */
  readonly second: string;
  /** Of an action's code: the extension of its file. Empty for all else. */
  readonly extension: string;
}

/**
 * Reads the keys of a reference, which may come from an address somebody wrote.
 * @throws CloudError `notFound` where they name nothing
 */
export function keysOf({ kind, keys }: ResourceRef): FunctionsKeys {
  const [region, first = '', second = '', extension = ''] = keys;
  const isCode = kind === CODE_KIND;
  const isWhole = first !== '' && (second !== '') === (isCode || kind === 'cloudFunctions.action') && (extension !== '') === isCode;
  if (!isRegion(region) || !isWhole) throw new CloudError('notFound', { reason: 'resourceGone', mayHaveArrived: false });
  return { region, first, second, extension };
}

/** Whether a text is one of the regions. */
export function isRegion(text: unknown): text is FunctionsRegion {
  return text === 'KR' || text === 'SG' || text === 'JP';
}
