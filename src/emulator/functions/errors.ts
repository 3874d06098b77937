import { unlistedFunctionErrors } from '../choices.ts';
import { jsonReply, Refusal } from '../http.ts';
import type { Reply } from '../http.ts';

/**
 * The error table (cloudfunctions.md §11): status, message, description. A client can cause all of them but 80104: a package has no
 * required field. 80005 has no status in the documents.
 */
const table = {
  80000: [400, 'INTERNAL_EXCEPTION', 'Invalid request parameter'],
  80100: [400, 'PACKAGE_INVALID_NAME', 'Invalid name format'],
  80102: [400, 'PACKAGE_PLATFORM_MISMATCH', 'Invalid platform parameter'],
  80103: [400, 'PACKAGE_BODY_INVALID_TYPE', 'Invalid request body field type'],
  80104: [400, 'PACKAGE_BODY_MISSING_FIELD', 'Missing required fields in the request body'],
  80105: [400, 'PACKAGE_BODY_INVALID_VALUE', 'Invalid request body field value'],
  80300: [400, 'ACTION_INVALID_NAME', 'Invalid action name'],
  80302: [400, 'ACTION_PLATFORM_MISMATCH', 'Invalid platform parameter'],
  80303: [400, 'ACTION_INVALID_TYPE', 'Invalid action type'],
  80304: [400, 'ACTION_TYPE_MISMATCH', "Action's type can't be changed"],
  80305: [400, 'ACTION_BODY_INVALID_TYPE', 'Invalid request body field type'],
  80306: [400, 'ACTION_BODY_MISSING_FIELD', 'Missing required fields in the request body'],
  80307: [400, 'ACTION_BODY_INVALID_VALUE', 'Invalid request body field value'],
  80316: [400, 'ACTION_INVALID_RUNTIME_PARAMS', 'Invalid request body format'],
  80500: [400, 'TRIGGER_INVALID_NAME', 'Invalid trigger name'],
  80502: [400, 'TRIGGER_PLATFORM_MISMATCH', 'Invalid platform parameter'],
  80503: [400, 'TRIGGER_INVALID_TYPE', 'Invalid trigger type'],
  80504: [400, 'TRIGGER_TYPE_MISMATCH', "Trigger type can't be changed"],
  80505: [400, 'TRIGGER_BODY_INVALID_TYPE', 'Invalid request body field type'],
  80506: [400, 'TRIGGER_BODY_MISSING_FIELD', 'Missing required fields in the request body'],
  80507: [400, 'TRIGGER_BODY_INVALID_VALUE', 'Invalid request body field value'],
  80511: [400, 'TRIGGER_INVALID_RUNTIME_PARAMS', 'Request body error'],
  80512: [400, 'TRIGGER_INVOKE_FAIL', 'Unable to execute because no action is associated with the trigger'],
  80520: [400, 'RULE_BODY_INVALID_TYPE', 'Invalid request body field type'],
  80521: [400, 'RULE_BODY_MISSING_FIELD', 'Missing required fields in the request body'],
  80700: [400, 'NO_APIGW_SUBSCRIPTION', 'Need to subscribe to API Gateway'],
  80710: [400, 'NO_INSIGHT_SUBSCRIPTION', 'Need to subscribe to Cloud Insight'],
  80711: [400, 'INSIGHT_INVALID_EVENT_RULE', 'Invalid Cloud Insight event rule information'],
  80730: [400, 'NO_OBJECT_STORAGE_SUBSCRIPTION', 'Need to subscribe to Object Storage'],
  80731: [400, 'OBJECT_STORAGE_INVALID_EVENT_RULE', 'Invalid Object Storage event rule information'],
  80740: [400, 'SOURCE_COMMIT_INVALID_WEBHOOK', 'Invalid SourceCommit webhook information'],
  80750: [400, 'NO_SECRET_MANGER_SUBSCRIPTION', 'Need to subscribe to Secret Manager'],
  80751: [400, 'SECRET_MANAGER_INVALID_SECRET', 'Invalid Secret Manager secret information'],
  80752: [400, 'SECRET_MANAGER_SECRET_ROTATING', 'Secret Manager secret being replaced'],
  80002: [403, 'SUB_ACC_NO_PERMISSION', 'Resource viewing permission error'],
  80101: [404, 'PACKAGE_NOT_FOUND', 'Package not found'],
  80301: [404, 'ACTION_NOT_FOUND', 'Action not found'],
  80322: [404, 'ACTION_ACTIVATION_NOT_FOUND', 'Execution history not found'],
  80501: [404, 'TRIGGER_NOT_FOUND', 'Trigger not found'],
  80517: [404, 'TRIGGER_ACTIVATION_NOT_FOUND', 'Execution history not found'],
  80900: [404, 'RULE_NOT_FOUND', 'Trigger and action not associated'],
  80011: [409, 'RESOURCE_NAME_CONFLICT', 'Duplicate resource name'],
  80109: [409, 'PACKAGE_NOT_EMPTY', "Package can't be deleted because it has actions associated with it"],
  80106: [422, 'PACKAGE_COUNT_EXCEED', 'Maximum number of packages exceeded'],
  80308: [422, 'ACTION_COUNT_EXCEED', 'Maximum number of actions exceeded'],
  80508: [422, 'TRIGGER_COUNT_EXCEED', 'Maximum number of triggers exceeded'],
  80005: [400, 'INTEGRATION_EXCEPTION', 'Need to subscribe to the integrated service'],
  81311: [500, 'ACTION_NAT_EXCEPTION', 'Subnet query failed'],
  81312: [500, 'NAT_CREATE_FAIL', 'Subnet connection failed'],
  81313: [500, 'NAT_BEING_CREATED', 'Subnet being connected'],
  81314: [500, 'NAT_RETURN_FAIL', 'Subnet being disconnected'],
} as const;

/** A documented error code. */
export type FunctionCode = keyof typeof table;

/** The answer for a documented code. */
export function failure(code: FunctionCode): Reply {
  const [status, message, details] = table[code];
  return jsonReply(status, { error: { errorCode: String(code), message, details } });
}

/** Ends the request with a documented code. */
export function refuse(code: FunctionCode): Refusal {
  return new Refusal(failure(code));
}

/** Ends the request with a code that only clients' code knows (cloudfunctions.md §11 "Codes not in SEED"). */
export function refuseUnlisted(name: keyof typeof unlistedFunctionErrors): Refusal {
  const { status, code, message } = unlistedFunctionErrors[name];
  return new Refusal(jsonReply(status, { error: { errorCode: code, message, details: '' } }));
}

/** A write whose body is no JSON object: 80031 with HTML in its message, as seen live (cloudfunctions.md §1.4). */
export function refuseMalformed(): Refusal {
  const message = 'A temporary error has occurred.<br><strong>Please try again in a few minutes.</strong>';
  return new Refusal(jsonReply(400, { error: { errorCode: '80031', message, details: '' } }));
}
