import type { ServiceName } from './http.ts';

/** What goes wrong. */
export type FaultEffect =
  /** Answers this instead; the operation is not carried out. */
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Carries the operation out, and answers so many real milliseconds later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never answers; the operation is not carried out. */
  | { readonly kind: 'hang' }
  /** Carries the operation out, announces the whole body, sends only so many bytes of it and closes the socket. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Closes the socket: `before` the operation is carried out, or `after` it was, without an answer. */
  | { readonly kind: 'close'; readonly when: 'before' | 'after' }
  /** A proxy's HTML error page (502) instead of an answer. */
  | { readonly kind: 'html' }
  /** Bytes that are not HTTP at all. */
  | { readonly kind: 'garbage' };

/** When something goes wrong: all given conditions must hold. */
interface FaultRule {
  readonly service?: ServiceName;
  /** Upper-case method. */
  readonly method?: string;
  /** Tested against path and query as sent. */
  readonly path?: RegExp;
  /** So many matching requests pass unharmed first; default 0. */
  readonly skip?: number;
  /** So many requests are harmed, then the rule is spent; default 1. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

/** Faults that tests put in the way of requests. */
export interface Faults {
  /** Adds a rule; rules are tried in order of addition. Returns a function that removes it. */
  inject(rule: FaultRule): () => void;
  /** Removes all rules. */
  clear(): void;
}

/** The server's side of `Faults`. */
export interface FaultBox extends Faults {
  /** The effect for a request, which counts as used; `undefined` when none applies. */
  take(service: ServiceName, method: string, target: string): FaultEffect | undefined;
}

interface Pending {
  readonly rule: FaultRule;
  skip: number;
  times: number;
}

/** An empty box of faults. */
export function createFaults(): FaultBox {
  let pending: Pending[] = [];
  function inject(rule: FaultRule): () => void {
    const entry: Pending = { rule, skip: rule.skip ?? 0, times: rule.times ?? 1 };
    pending.push(entry);
    return () => {
      pending = pending.filter((other) => other !== entry);
    };
  }
  function take(service: ServiceName, method: string, target: string): FaultEffect | undefined {
    for (const entry of pending) {
      if (!applies(entry.rule, service, method, target)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      if (entry.times <= 0) pending = pending.filter((other) => other !== entry);
      return entry.rule.effect;
    }
    return undefined;
  }
  function clear(): void {
    pending = [];
  }
  return { inject, clear, take };
}

function applies(rule: FaultRule, service: ServiceName, method: string, target: string): boolean {
  if (rule.service !== undefined && rule.service !== service) return false;
  if (rule.method !== undefined && rule.method !== method) return false;
  // A regular expression with the g flag remembers where it stopped.
  return rule.path === undefined || target.search(rule.path) !== -1;
}

/** The page that `html` answers with, as a proxy in between would. */
export const proxyPage =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>' +
  '<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>';
