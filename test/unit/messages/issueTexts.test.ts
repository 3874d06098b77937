import assert from 'node:assert/strict';
import { test } from 'node:test';

import { issueText, variablesIssueText } from '../../../src/messages/issueTexts.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { IssueReason } from '../../../src/sending/message.ts';
import type { VariablesReason } from '../../../src/sending/variables/variablesFile.ts';

const format = createFormatter('en');

/** One of each kind: a kind without words does not compile. */
const REASONS: { readonly [K in IssueReason['kind']]: Extract<IssueReason, { readonly kind: K }> } = {
  notJson: { kind: 'notJson', code: 'CommaExpected' },
  empty: { kind: 'empty' },
  tooLarge: { kind: 'tooLarge', bytes: 1_048_577, maxBytes: 1_048_576 },
  notUnicode: { kind: 'notUnicode' },
  notUtf8: { kind: 'notUtf8' },
  unreadable: { kind: 'unreadable', detail: 'it is gone' },
  documentTooLarge: { kind: 'documentTooLarge' },
  notAMessage: { kind: 'notAMessage' },
  valueMissing: { kind: 'valueMissing' },
  valueNull: { kind: 'valueNull' },
  keyNotText: { kind: 'keyNotText' },
  partitionNotNumber: { kind: 'partitionNotNumber' },
  noSuchPartition: { kind: 'noSuchPartition', partition: 7, last: 2 },
  fieldNotCarried: { kind: 'fieldNotCarried', field: 'headers' },
  unknownField: { kind: 'unknownField', field: 'vaule' },
  duplicateField: { kind: 'duplicateField', field: 'key' },
  topicNotText: { kind: 'topicNotText' },
  messagesNotAList: { kind: 'messagesNotAList' },
  otherTopic: { kind: 'otherTopic', topic: 'p-audit', target: 'p-orders' },
  unknownVariable: { kind: 'unknownVariable', name: 'uid', known: ['uuid', 'guid'] },
  badVariable: { kind: 'badVariable', text: '{{randomInt 2 1}}', usage: '{{randomInt 1 100}}' },
  variableNotClosed: { kind: 'variableNotClosed' },
  envNotSet: { kind: 'envNotSet', name: 'HOME' },
  envNotAllowed: { kind: 'envNotAllowed', name: 'HOME' },
  envIsSecret: { kind: 'envIsSecret', name: 'HOME' },
  fileNotFound: { kind: 'fileNotFound', path: 'a.json' },
  fileOutside: { kind: 'fileOutside', path: '../a.json' },
};

test('every issue has words of its own, with all its facts', () => {
  const texts = Object.values(REASONS).map((reason) => issueText(reason, format));
  assert.equal(new Set(texts).size, texts.length);
  for (const [index, reason] of Object.values(REASONS).entries()) {
    const text = texts[index] ?? '';
    assert.doesNotMatch(text, /\{\d\}|undefined/, reason.kind);
    for (const [name, fact] of Object.entries(reason)) {
      if (typeof fact === 'string' && name !== 'kind' && name !== 'code') assert.ok(text.includes(fact), `${reason.kind}: ${text}`);
    }
  }
  assert.equal(issueText(REASONS.tooLarge, format), 'The value has 1,048,577 bytes, and a message takes at most 1,048,576.');
  assert.equal(issueText(REASONS.notJson, format), 'This is not valid JSON: a comma is expected.');
});

test('an issue says what is there instead', () => {
  assert.equal(issueText(REASONS.noSuchPartition, format), 'The topic has no partition 7: it has the partitions 0 to 2.');
  assert.equal(issueText({ kind: 'noSuchPartition', partition: 7, last: 0 }, format), 'The topic has no partition 7: it has partition 0 only.');
  assert.equal(issueText(REASONS.unknownVariable, format), 'There is no variable "uid". Did you mean "uuid"?');
  assert.match(issueText({ kind: 'unknownVariable', name: 'x', known: [] }, format), /Write \\ before the braces/);
  assert.match(issueText(REASONS.variableNotClosed, format), /end with \}\} on this line\. Write \\ before it/);
});

test('every issue of a variables file has words', () => {
  const reasons: readonly VariablesReason[] = [
    { kind: 'notJson', code: 'ValueExpected' },
    { kind: 'notAnObject' },
    { kind: 'notAValue', name: 'shop' },
    { kind: 'badName', name: 'a b' },
    { kind: 'nameTaken', name: 'uuid' },
    { kind: 'duplicateName', name: 'shop' },
  ];
  for (const reason of reasons) {
    const text = variablesIssueText(reason);
    assert.doesNotMatch(text, /\{\d\}/);
    if ('name' in reason) assert.ok(text.includes(`"${reason.name}"`), text);
  }
});

test('names of texts stand on one line, and are cut where they are long', () => {
  const field = `a\nb\u202E${'x'.repeat(1_000_000)}`;
  const text = issueText({ kind: 'unknownField', field }, format);
  assert.equal(text, `"a b ${'x'.repeat(56)}…" means nothing here. A message has "key", "value" and "partition".`);
  assert.doesNotMatch(variablesIssueText({ kind: 'badName', name: field }), /[\n\u202E]|x{61}/);
  assert.equal(issueText({ kind: 'fileNotFound', path: `${'d/'.repeat(60)}a\n.json` }, format), `The file ${'d/'.repeat(60)}a .json was not found.`);
  assert.ok(issueText({ kind: 'unknownVariable', name: field, known: [field] }, format).length < 200);
});
