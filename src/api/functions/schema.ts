import * as z from 'zod/mini';

import type { Action, ActionDetail, ActionVpc, FunctionsPackage, FunctionsPackageDetail } from '../../model/functions.ts';
import { answerRows, name, optionalBoolean, optionalInteger, optionalRecord, optionalText, rows } from '../wire.ts';

/** Every success stands in `{content: …}` (cloudfunctions.md §1.4). */
export function content<T>(schema: z.core.$ZodType<T>): z.ZodMiniType<T> {
  return z.pipe(
    z.object({ content: schema }),
    z.transform((wire) => wire.content),
  );
}

/** Names come as text or as an object that has one: the documents show only empty lists (cloudfunctions.md §4.2). */
export const names: z.ZodMiniType<readonly string[]> = z.pipe(
  rows(z.union([z.string(), z.object({ name })])),
  z.transform((list) => list.map((item) => (typeof item === 'string' ? item : item.name))),
);

/** `content` is the list itself (cloudfunctions.md §4.1). */
export const packageListSchema: z.ZodMiniType<readonly FunctionsPackage[]> = content(
  answerRows(
    z.pipe(
      z.object({ name, description: optionalText }),
      z.transform((wire): FunctionsPackage => ({ name: wire.name, description: wire.description })),
    ),
  ),
);

/** cloudfunctions.md §4.2; its table says `action`, its example `actions`. */
export const packageSchema: z.ZodMiniType<FunctionsPackageDetail> = content(
  z.pipe(
    z.object({
      name,
      description: optionalText,
      actions: names,
      action: names,
      parameters: optionalRecord,
      platform: optionalText,
      resourceId: optionalText,
    }),
    z.transform(
      (wire): FunctionsPackageDetail => ({
        name: wire.name,
        description: wire.description,
        actions: wire.actions.length > 0 ? wire.actions : wire.action,
        parameters: wire.parameters ?? {},
        platform: wire.platform,
        resourceId: wire.resourceId,
      }),
    ),
  ),
);

const SEQUENCE = 'sequence';

/**
 * v2.1 says the type in lists; v2.0 says whether it is a web action, and `sequence` as its runtime (cloudfunctions.md §5.1). Where neither is
 * told it is not known: a guess would go back with the next change.
 */
function actionType(type: string | undefined, isWeb: boolean | undefined, runtime: string | undefined): string | undefined {
  if (type !== undefined) return type;
  if (isWeb === undefined) return undefined;
  if (runtime === SEQUENCE) return isWeb ? 'sequence-web' : SEQUENCE;
  return isWeb ? 'web' : 'basic';
}

/** Whether the detail of v2.1 tells the type is not certain; that only web actions have these flags there is (cloudfunctions.md §5.2). */
function hasWebFlags(wire: { readonly 'raw-http'?: boolean | undefined; readonly 'custom-options'?: boolean | undefined }): true | undefined {
  return wire['raw-http'] === undefined && wire['custom-options'] === undefined ? undefined : true;
}

/** Built once: to build a schema of objects takes longer than to read with it. */
const actionRows = content(
  z.object({
    actions: rows(z.object({ name, description: optionalText, runtime: optionalText, type: optionalText, web: optionalBoolean })),
  }),
);

/** The actions of one package. */
export function actionListSchema(pkg: string): z.ZodMiniType<readonly Action[]> {
  return z.pipe(
    actionRows,
    z.transform(({ actions }) =>
      actions.map((wire): Action => ({
        name: wire.name,
        pkg,
        description: wire.description,
        runtime: wire.runtime,
        type: actionType(wire.type, wire.web, wire.runtime),
      })),
    ),
  );
}

const vpcRow = z.pipe(
  z.object({ vpcNo: optionalInteger, subnetNo: optionalInteger }),
  z.transform((wire): ActionVpc => ({ vpcNo: wire.vpcNo, subnetNo: wire.subnetNo })),
);

/** One object in v2.0, a list in v2.1's PUT, and "Object" in v2.1's GET (cloudfunctions.md §5.2). */
const vpcsSchema: z.ZodMiniType<readonly ActionVpc[]> = z.pipe(
  z.nullish(z.union([z.array(vpcRow), vpcRow])),
  z.transform((value) => {
    if (value === undefined || value === null) return [];
    const all = value instanceof Array ? value : [value];
    return all.filter(({ vpcNo, subnetNo }) => vpcNo !== undefined || subnetNo !== undefined);
  }),
);

const execSchema = z.object({
  kind: optionalText,
  code: optionalText,
  binary: optionalBoolean,
  main: optionalText,
  imageUri: optionalText,
  components: names,
});

const actionDetail = content(
  z.object({
    name,
    description: optionalText,
    type: optionalText,
    web: optionalBoolean,
    'raw-http': optionalBoolean,
    'custom-options': optionalBoolean,
    parameters: optionalRecord,
    exec: z.nullish(execSchema),
    limits: z.nullish(z.object({ memory: optionalInteger, timeout: optionalInteger })),
    vpc: vpcsSchema,
    resourceId: optionalText,
  }),
);

/** An action of one package with its code (cloudfunctions.md §5.2). */
export function actionSchema(pkg: string): z.ZodMiniType<ActionDetail> {
  return z.pipe(
    actionDetail,
    z.transform((wire): ActionDetail => ({
      name: wire.name,
      pkg,
      description: wire.description,
      runtime: wire.exec?.kind,
      type: actionType(wire.type, wire.web ?? hasWebFlags(wire), wire.exec?.kind),
      parameters: wire.parameters ?? {},
      isRawHttp: wire['raw-http'],
      hasCustomOptions: wire['custom-options'],
      code: wire.exec?.code,
      isBinary: wire.exec?.binary,
      main: wire.exec?.main,
      imageUri: wire.exec?.imageUri,
      components: wire.exec?.components ?? [],
      memoryMb: wire.limits?.memory,
      timeoutMs: wire.limits?.timeout,
      vpc: wire.vpc,
      resourceId: wire.resourceId,
    })),
  );
}
