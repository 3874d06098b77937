import connector from '../../media/schemas/dataStreamConnector.schema.json' with { type: 'json' };
import dataStreamTopic from '../../media/schemas/dataStreamTopic.schema.json' with { type: 'json' };
import easyQueueTopic from '../../media/schemas/easyQueueTopic.schema.json' with { type: 'json' };
import functionsAction from '../../media/schemas/functionsAction.schema.json' with { type: 'json' };
import functionsPackage from '../../media/schemas/functionsPackage.schema.json' with { type: 'json' };
import functionsTrigger from '../../media/schemas/functionsTrigger.schema.json' with { type: 'json' };
import message from '../../media/schemas/message.schema.json' with { type: 'json' };
import messages from '../../media/schemas/messages.schema.json' with { type: 'json' };
import messagesVariables from '../../media/schemas/messagesVariables.schema.json' with { type: 'json' };
import ja from '../../media/schemas/texts.ja.json' with { type: 'json' };
import ko from '../../media/schemas/texts.ko.json' with { type: 'json' };

/** By the name in the address that `jsonValidation` of package.json gives. */
const SCHEMAS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['dataStreamConnector', connector],
  ['dataStreamTopic', dataStreamTopic],
  ['easyQueueTopic', easyQueueTopic],
  ['functionsAction', functionsAction],
  ['functionsPackage', functionsPackage],
  ['functionsTrigger', functionsTrigger],
  ['message', message],
  ['messages', messages],
  ['messagesVariables', messagesVariables],
]);

const TEXTS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<string, Readonly<Record<string, string>>>([['ko', ko], ['ja', ja]]);

/** Keywords whose value people read; a property may be called the same, and is an object then. */
const READ: ReadonlySet<string> = new Set(['title', 'description', 'markdownDescription', 'label', 'enumDescriptions', 'markdownEnumDescriptions', 'errorMessage', 'patternErrorMessage']);

/**
 * The JSON schema of a kind of document, with what people read in it in their language.
 * @param language a language tag of the editor; one without translation gets English
 * @returns undefined where there is no such schema
 */
export function schemaText(name: string, language: string): string | undefined {
  const schema = SCHEMAS.get(name);
  const texts = TEXTS.get(language.toLowerCase().split('-')[0] ?? '') ?? {};
  return schema === undefined ? undefined : `${JSON.stringify(schema, (key, value: unknown) => (READ.has(key) ? translated(value, texts) : value), 2)}\n`;
}

function translated(value: unknown, texts: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => translated(one, texts));
  return typeof value === 'string' ? (texts[value] ?? value) : value;
}
