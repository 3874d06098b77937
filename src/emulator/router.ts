import { Refusal } from './http.ts';
import type { EmulatorRequest, Reply, Route, Service } from './http.ts';

/** What became of a request. */
export interface Outcome {
  /** A promise where the operation takes time; it never rejects. */
  readonly reply: Reply | Promise<Reply>;
  readonly route: Route | undefined;
}

/** Finds the operation for a request and runs it; never throws. */
export type Dispatch = (request: EmulatorRequest) => Outcome;

interface Compiled {
  readonly route: Route;
  readonly parts: readonly string[];
}

/** Prepares the operations of a service, grouped by method and depth so that finding one does not search them all. */
export function router(service: Service): Dispatch {
  const groups = new Map<string, Compiled[]>();
  const open: Compiled[] = [];
  for (const route of service.routes) {
    const parts = route.path.split('/').slice(1);
    if (parts.at(-1) === '*') {
      open.push({ route, parts: parts.slice(0, -1) });
      continue;
    }
    const key = `${route.method} ${String(parts.length)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ route, parts }]);
    else group.push({ route, parts });
  }
  return (request) => {
    for (const { route, parts } of groups.get(`${request.method} ${String(request.segments.length)}`) ?? []) {
      const params = matchParts(parts, request.segments);
      if (params !== undefined) return { reply: run(service, request, route, params), route };
    }
    for (const { route, parts } of open) {
      const params = route.method === request.method ? matchParts(parts, request.segments) : undefined;
      if (params !== undefined) return { reply: run(service, request, route, params), route };
    }
    return { reply: service.noRoute(request), route: undefined };
  };
}

function matchParts(parts: readonly string[], segments: readonly string[]): string[] | undefined {
  const params: string[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':') && segment !== '') params.push(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

function run(service: Service, request: EmulatorRequest, route: Route, params: string[]): Reply | Promise<Reply> {
  const failed = (error: unknown): Reply => (error instanceof Refusal ? error.reply : service.failed());
  try {
    const reply = service.authorize(request, route) ?? route.handle(request, ...params);
    return reply instanceof Promise ? reply.catch(failed) : reply;
  } catch (error) {
    return failed(error);
  }
}

/** Splits and decodes a path (without its query); `undefined` when it is not absolute or not valid percent encoding. */
export function decodePath(path: string): string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  try {
    return path
      .slice(1)
      .split('/')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}
