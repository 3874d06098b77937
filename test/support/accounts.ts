import { AccountStore } from '../../src/accounts/accountStore.ts';
import type { KeychainOptions } from '../../src/accounts/keychain.ts';
import type { NaverAccount, NhnAccount } from '../../src/model/account.ts';
import { MemoryMemento, MemorySecrets } from './editorStorage.ts';

/** A NAVER account for tests. */
export function naverAccount(changes: Partial<NaverAccount> = {}): NaverAccount {
  return {
    id: 'n1',
    name: 'acme',
    lane: { stage: 'dev', access: 'full' },
    provider: 'naver',
    keyOwner: 'sub',
    zone: 'public',
    regions: ['KR'],
    platform: 'vpc',
    ...changes,
  };
}

/** An NHN account for tests. */
export function nhnAccount(changes: Partial<NhnAccount> = {}): NhnAccount {
  return {
    id: 'h1',
    name: 'shop',
    lane: { stage: 'prod', access: 'read-only' },
    provider: 'nhn',
    appKeys: [{ appKey: 'r9Zd7vDEmWMfQb00', label: 'shop', region: 'KR1' }],
    ...changes,
  };
}

/** A store over memory, with ids a1, a2, … */
export function memoryStore(options: KeychainOptions = {}, state = new MemoryMemento(), secrets = new MemorySecrets()) {
  let n = 0;
  const store = new AccountStore(state, secrets, () => `a${String((n += 1))}`, options);
  return { store, state, secrets };
}
