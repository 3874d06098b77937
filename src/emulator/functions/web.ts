import { gatewayError } from '../gateway.ts';
import { queryValue } from '../http.ts';
import type { EmulatorRequest, Route, Service } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { readPlatform } from './call.ts';
import { echoAction, planDuration } from './echo.ts';
import { actionPath } from './model.ts';
import type { Action, Activation, Platform } from './model.ts';
import { endedWithin, startRun } from './runs/startRun.ts';
import type { FunctionsState } from './state.ts';
import { parametersOfRequest } from './webRequest.ts';
import { crossOrigin, isWebType, replyOf, webProblem } from './webReply.ts';

/** Longest wait for a web action, in ms. */
const maxWaitMs = 60_000;

/** Methods of an API Gateway trigger of kind HTTP (cloudfunctions.md §9.1). */
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const;

/**
 * The HTTP side of web actions. In the cloud it stands behind an API Gateway trigger made in the console (cloudfunctions.md §9.1); the
 * address here is the emulator's own: `/web/{packageName}/{actionName}/{type}`, then any path. Nobody signs: the
 * server lets no web page of somebody else's in.
 */
export function webService(state: FunctionsState): Service {
  const handle: Route['handle'] = (request, pkg = '', name = '', type = '') => {
    const found = findAction(state, request, actionPath(pkg, name));
    if (found === undefined || !isWebType(type)) return webProblem(404, 'The requested resource does not exist.');
    const { rawHttp, customOptions } = found.action.spec;
    if (request.method === 'OPTIONS' && !customOptions) return { status: 200, body: '', headers: crossOrigin };
    const parameters = parametersOfRequest(request, rawHttp);
    if (parameters === 'malformed') return webProblem(400, 'The request content was malformed.');
    if (parameters === 'reserved') return webProblem(400, 'The request defines parameters that are reserved.');
    const headers = customOptions ? {} : crossOrigin;
    return run(state, found, parameters).then((activation) => replyOf(activation, type, headers));
  };
  return {
    name: 'functions',
    // 1 MB of parameters (cloudfunctions.md §10.2).
    bodyLimit: 1_048_576,
    routes: methods.map((method): Route => {
      return { method, path: '/web/:packageName/:actionName/:type/*', operation: 'callWebAction', kind: 'send', handle };
    }),
    authorize: () => undefined,
    noRoute: () => gatewayError(300),
    tooLarge: () => gatewayError(430),
    failed: () => gatewayError(900),
  };
}

interface Found {
  readonly platform: Platform;
  readonly action: Action;
}

/** A web action by its path; on VPC unless `platform` says otherwise, and on Classic where VPC has none of that name. */
function findAction(state: FunctionsState, request: EmulatorRequest, path: string): Found | undefined {
  const given = queryValue(request, 'platform');
  const platforms = given === undefined ? (['vpc', 'classic'] as const) : [readPlatform(request, 'v2.1', 80302)];
  for (const platform of platforms) {
    const action = state.scope(platform).actions.get(path);
    if (action?.type === 'web' || action?.type === 'sequence-web') return { platform, action };
  }
  return undefined;
}

async function run(state: FunctionsState, { platform, action }: Found, parameters: JsonObject): Promise<Activation | undefined> {
  const { runtimes } = state;
  const scope = state.scope(platform);
  if (runtimes === undefined) {
    return echoAction(state, scope, action, { run: parameters }, planDuration(state, action), { endsAt: state.now() });
  }
  return endedWithin(startRun({ state, scope, runtimes }, action, { run: parameters }), maxWaitMs);
}
