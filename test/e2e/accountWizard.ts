import type { Emulator } from '../../src/emulator/emulator.ts';
import { waitFor } from './wait.ts';
import type { Words } from './words.ts';
import type { Workbench } from './workbench.ts';

/** What every account is asked for; what is left out takes the wizard's own proposal. */
interface AnyAccount {
  readonly name: string;
  readonly keyId: string;
  readonly secret: string;
  /** As the wizard names them in English: "Production", "Read-only". */
  readonly stage?: string;
  readonly access?: string;
}

/** A NAVER Cloud account as a person types it. */
export interface TypedNaver extends AnyAccount {
  readonly provider: 'naver';
  readonly isMain?: boolean;
  /** Base addresses, in the order they are asked for: Data Stream, its messages, Cloud Functions. */
  readonly endpoints: readonly string[];
}

/** An NHN Cloud account as a person types it. */
export interface TypedNhn extends AnyAccount {
  readonly provider: 'nhn';
  readonly appKey: string;
  readonly label: string;
  /** Base addresses, in the order they are asked for: the token's, EasyQueue's. */
  readonly endpoints: readonly string[];
}

export type TypedAccount = TypedNaver | TypedNhn;

/** The NAVER account of an emulator: its sub account, unless `isMain`. */
export function naverAt({ credentials: { naver } }: Emulator, name: string, more: Partial<TypedNaver> = {}): TypedNaver {
  const keys = more.isMain === true ? [naver.mainAccessKeyId, naver.mainSecretKey] : [naver.accessKeyId, naver.secretKey];
  const [keyId = '', secret = ''] = keys;
  return { provider: 'naver', name, keyId, secret, endpoints: [naver.dataStream, naver.messages, naver.cloudFunctions], ...more };
}

/** The NHN account of an emulator. */
export function nhnAt({ credentials: { nhn } }: Emulator, name: string, more: Partial<TypedNhn> = {}): TypedNhn {
  const { userAccessKeyId: keyId, secretAccessKey: secret, appKey, token, easyQueue } = nhn;
  return { provider: 'nhn', name, keyId, secret, appKey, label: 'shop', endpoints: [token, easyQueue], ...more };
}

/** Goes through the account wizard as a person does, in any display language. */
export class AccountWizard {
  readonly #workbench: Workbench;
  readonly #say: Words;

  constructor(workbench: Workbench, say: Words) {
    this.#workbench = workbench;
    this.#say = say;
  }

  /** Adds an account, from the welcome view's or the view title's button to the saved row. */
  async add(account: TypedAccount): Promise<void> {
    await this.open();
    await this.fill(account);
    await this.useEndpoints(account.endpoints);
    await this.tested();
    await this.save();
  }

  async open(): Promise<void> {
    await this.#workbench.viewAction(this.#say('Add Account…'));
    await this.atQuestion('Which cloud?');
  }

  /** Answers every question up to the last step. */
  async fill(account: TypedAccount): Promise<void> {
    await this.choose(account.provider === 'naver' ? 'NAVER Cloud' : 'NHN Cloud');
    await this.type('Name of the account, as the tree shows it', account.name);
    await this.fillKeys(account);
    await (account.provider === 'naver' ? this.#fillNaver(account) : this.#fillNhn(account));
    await this.fillLane(account);
  }

  async fillKeys({ provider, keyId, secret }: TypedAccount): Promise<void> {
    await this.type(PROMPTS[provider].keyId, keyId);
    await this.type(PROMPTS[provider].secret, secret);
  }

  async #fillNaver({ isMain }: TypedNaver): Promise<void> {
    await this.atQuestion('Whose key is it?');
    await this.choose(isMain === true ? "The main account's" : "A sub account's");
    await this.atQuestion('Which zone is the account in?');
    await this.choose('Public');
    await this.atQuestion('In which regions is Cloud Functions used?');
    await this.#workbench.quickInput.accept();
    await this.atQuestion('On which platform are the functions?');
    await this.choose('VPC');
  }

  async #fillNhn({ appKey, label }: TypedNhn): Promise<void> {
    await this.type('App key of EasyQueue, from "URL & Appkey" in its console', appKey);
    await this.type('Label of this app key, as the tree shows it', label);
    await this.atQuestion('In which region is this app key?');
    await this.#workbench.quickInput.pick('KR1');
    await this.atQuestion('App keys of EasyQueue');
    await this.choose('Done');
  }

  async fillLane({ stage, access }: Pick<TypedAccount, 'stage' | 'access'>): Promise<void> {
    await this.atQuestion('Which stage is it?');
    await this.choose(stage ?? 'Development');
    await this.atQuestion('What may be done with this account from here?');
    if (access === undefined) await this.#workbench.quickInput.accept();
    else await this.choose(access);
  }

  /** From the last step and back to it, by way of "Advanced"; every host is confirmed once. */
  async useEndpoints(endpoints: readonly string[]): Promise<void> {
    await this.tested();
    await this.choose('Advanced: custom endpoints…', { byTyping: true });
    await this.answerEndpoints(endpoints);
  }

  /** Answers the questions for custom endpoints, from the first one on. */
  async answerEndpoints(endpoints: readonly string[]): Promise<void> {
    for (const [index, endpoint] of endpoints.entries()) {
      await waitFor(`the question for endpoint ${String(index + 1)}`, async () => (await this.#workbench.quickInput.placeholder()).startsWith('https://'));
      const documented = await this.#workbench.quickInput.placeholder();
      await this.#workbench.quickInput.type(endpoint);
      await this.#workbench.quickInput.accept();
      if (endpoints.indexOf(endpoint) === index) {
        await this.#workbench.dialog();
        await this.#workbench.dialogButton(this.#say('Use This Host'));
      }
      await waitFor('the next question', async () => (await this.#workbench.quickInput.placeholder()) !== documented);
    }
  }

  /** Waits at the last step until the test of the connection is through. */
  async tested(): Promise<void> {
    const again = this.#say('Test again');
    await waitFor('the test to end', async () => (await this.#workbench.quickInput.rows()).some(({ label }) => label === again));
  }

  /** Saves at the last step, whatever the test said. */
  async save(): Promise<void> {
    const words = ['Save', 'Save anyway'].map((text) => this.#say(text));
    const row = (await this.#workbench.quickInput.rows()).find(({ label }) => words.includes(label));
    if (row === undefined) throw new Error('The last step offers no "Save".');
    await this.#workbench.quickInput.pick(row.label);
    await this.#workbench.quickInput.closed();
  }

  /** Chooses a row by its English label; `byTyping` where the row may be out of sight. */
  async choose(english: string, { byTyping = false } = {}): Promise<void> {
    const label = NAMES.has(english) ? english : this.#say(english);
    if (byTyping) await this.#workbench.quickInput.type(label);
    await this.#workbench.quickInput.pick(label);
  }

  /** Waits for the question with this English prompt, and answers it. */
  async type(english: string, text: string): Promise<void> {
    await this.atPrompt(english);
    await this.#workbench.quickInput.type(text);
    await this.#workbench.quickInput.accept();
  }

  /** Waits for the input with this English prompt. */
  async atPrompt(english: string): Promise<void> {
    const prompt = this.#say(english);
    await waitFor(`the question "${prompt}"`, async () => (await this.#workbench.quickInput.message()).startsWith(prompt));
  }

  /** Waits for the pick with this English question. */
  async atQuestion(english: string): Promise<void> {
    const question = this.#say(english);
    await waitFor(`the question "${question}"`, async () => (await this.#workbench.quickInput.placeholder()) === question);
  }
}

/** Prompts of the two keys, in English. */
export const PROMPTS = {
  naver: { keyId: 'Access Key ID, from My Page > Manage Authentication Keys, or from the sub account', secret: 'Secret Key' },
  nhn: { keyId: 'User Access Key ID, from API Security Settings; its token type is Opaque', secret: 'Secret Access Key' },
} as const;

/** Names that are the same in every language and stand in no bundle. */
const NAMES: ReadonlySet<string> = new Set(['NAVER Cloud', 'NHN Cloud', 'VPC']);
