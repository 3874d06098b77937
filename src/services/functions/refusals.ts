import type { CloudError, CloudErrorReason } from '../../model/cloudError.ts';

/** What can be wrong with a package. */
type PackageField = 'name' | 'description' | 'parameters';

/** What can be wrong with an action: fields of `ActionSpec`. */
type ActionField =
  | PackageField
  | 'type'
  | 'runtime'
  | 'code'
  | 'isBinary'
  | 'main'
  | 'imageUri'
  | 'components'
  | 'memoryMb'
  | 'timeoutMs'
  | 'vpc'
  | 'isRawHttp'
  | 'hasCustomOptions';

/** What can be wrong with a trigger: fields of `TriggerSpec` and of its source. */
type TriggerField =
  | PackageField
  | 'type'
  | 'cronOption'
  | 'credential'
  | 'events'
  | 'link'
  | 'rules'
  | 'webhooks'
  | 'secretName';

type Reasons<F> = Readonly<Partial<Record<CloudErrorReason, F>>>;

/** By the fields' names on the wire (cloudfunctions.md §4.3, §5.3, §7.3), where the service's words hold one. */
type Named<F> = readonly (readonly [RegExp, F])[];

const NAME_REASONS = { duplicateName: 'name', nameRule: 'name' } as const;

const ACTION_REASONS: Reasons<ActionField> = { ...NAME_REASONS, type: 'type', typeFixed: 'type', subnet: 'vpc' };

const TRIGGER_REASONS: Reasons<TriggerField> = {
  ...NAME_REASONS,
  type: 'type',
  typeFixed: 'type',
  eventRule: 'rules',
  webhook: 'webhooks',
  secret: 'secretName',
};

const PACKAGE_NAMED: Named<PackageField> = [
  [/\bdescription\b/i, 'description'],
  [/\bparameters\b/i, 'parameters'],
];

const ACTION_NAMED: Named<ActionField> = [
  ...PACKAGE_NAMED,
  [/\bexec\.kind\b|\bkind\b/i, 'runtime'],
  // "code" and "main" are words of any sentence, too.
  [/\bexec\.code\b|["'`]code["'`]/i, 'code'],
  [/\bexec\.main\b|["'`]main["'`]/i, 'main'],
  [/\bbinary\b/i, 'isBinary'],
  [/\bimageUri\b/i, 'imageUri'],
  [/\bcomponents\b/i, 'components'],
  [/\bmemory\b/i, 'memoryMb'],
  [/\btimeout\b/i, 'timeoutMs'],
  [/\b(?:vpc|vpcNo|subnetNo)\b/i, 'vpc'],
  [/\braw-http\b/i, 'isRawHttp'],
  [/\bcustom-options\b/i, 'hasCustomOptions'],
];

const TRIGGER_NAMED: Named<TriggerField> = [
  ...PACKAGE_NAMED,
  [/\bcron(?:Option)?\b/i, 'cronOption'],
  [/\b(?:credentials?|username|accessToken|repository)\b/i, 'credential'],
  [/\bevents\b/i, 'events'],
  [/\b(?:link|productName|productId|apiName|stageName)\b/i, 'link'],
  [/\b(?:insightLink|prodKey|ruleGrpId|reminderTime|objectStorageLink|bucketName|eventRuleName)\b/i, 'rules'],
  [/\b(?:sourceCommitLink|repositoryName|webhookName)\b/i, 'webhooks'],
  [/\b(?:secretManagerLink|secretName)\b/i, 'secretName'],
];

/** Reasons about some value: which one, only the service's own words tell. */
const ABOUT_A_VALUE: readonly (CloudErrorReason | undefined)[] = ['parameter', 'fieldType', 'fieldMissing'];

/** What of a package a refusal is about. */
export function packageFieldOf(error: CloudError): PackageField | undefined {
  return fieldOf<PackageField>(error, NAME_REASONS, PACKAGE_NAMED);
}

/** What of an action a refusal is about. */
export function actionFieldOf(error: CloudError): ActionField | undefined {
  return fieldOf(error, ACTION_REASONS, ACTION_NAMED);
}

/** What of a trigger a refusal is about. */
export function triggerFieldOf(error: CloudError): TriggerField | undefined {
  return fieldOf(error, TRIGGER_REASONS, TRIGGER_NAMED);
}

function fieldOf<F>({ details: { reason, detail = '' } }: CloudError, reasons: Reasons<F>, named: Named<F>): F | undefined {
  if (reason === undefined) return undefined;
  if (!ABOUT_A_VALUE.includes(reason)) return reasons[reason];
  const fields = named.filter(([words]) => words.test(detail)).map(([, field]) => field);
  // Of two, nobody knows which.
  return fields.length === 1 ? fields[0] : undefined;
}
