import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import type { Checked } from '../../../src/accounts/checked.ts';
import { checkEndpoint, isLoopback } from '../../../src/accounts/endpoint.ts';
import { checkAppKey, checkKey, checkLabel, checkName } from '../../../src/accounts/validation.ts';

function severity({ note }: Checked): string | undefined {
  return note?.severity;
}

test('a name is trimmed, short, one line and nobody else\'s', () => {
  assert.equal(checkName('  acme 운영 🚀 ', []).value, 'acme 운영 🚀');
  assert.equal(checkName('한'.repeat(60), []).value, '한'.repeat(60));
  for (const bad of ['', '   ', 'x'.repeat(61), 'a\nb', 'a\u2028b', ' ACME ', 'e\u0301']) {
    assert.equal(checkName(bad, ['acme', '\u00e9']).value, undefined, JSON.stringify(bad));
  }
});

test('a key loses what copying put around it, which is said', () => {
  assert.deepEqual(checkKey('AKID'), { value: 'AKID', note: undefined });
  const pasted = checkKey(' AKID\r\n');
  assert.equal(pasted.value, 'AKID');
  assert.equal(severity(pasted), 'info');
});

test('a key with spaces, control or foreign characters inside is refused, without repeating it', () => {
  for (const bad of ['', ' ', 'TOP SECRET', 'TOP\tSECRET', 'TOP\nSECRET', 'TOP\u0000SECRET', 'TOPSECRET한', 'TOPSECRET\u200b', 'TOP\u00a0SECRET', '${env:}', '${env:A-B}', '${ENV:A}x']) {
    const checked = checkKey(bad);
    assert.equal(checked.value, undefined, JSON.stringify(bad));
    assert.doesNotMatch(checked.note.message, /TOP|SECRET/);
  }
});

test('a key may stand in an environment variable', () => {
  const checked = checkKey('${env:NCLOUD_SECRET_KEY}');
  assert.equal(checked.value, '${env:NCLOUD_SECRET_KEY}');
  assert.equal(severity(checked), 'info');
});

test('every key that is accepted can be a header value', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    const { value } = checkKey(text);
    assert.ok(value === undefined || /^[\x21-\x7e]+$/.test(value));
  }));
});

test('an app key of 16 letters and digits is right, an odd one only warned about, one with a space refused', () => {
  assert.deepEqual(checkAppKey('r9Zd7vDEmWMfQb00'), { value: 'r9Zd7vDEmWMfQb00', note: undefined });
  assert.equal(severity(checkAppKey('r9Zd7vDEmWMfQb0')), 'warning');
  assert.equal(severity(checkAppKey('r9Zd7vDEmWMfQb0-')), 'warning');
  assert.equal(checkAppKey('r9Zd7vDEmWMfQb0-').value, 'r9Zd7vDEmWMfQb0-');
  assert.equal(checkAppKey(' r9Zd7vDEmWMfQb00\n').value, 'r9Zd7vDEmWMfQb00');
  for (const bad of ['', 'r9Zd7vDE mWMfQb00', 'r9Zd7vDEm/MfQb00', '..', 'r9Zd7vDEmWMfQb0한', 'a%2Fb']) {
    assert.equal(checkAppKey(bad).value, undefined, bad);
  }
  assert.equal(checkAppKey('r9Zd7vDEmWMfQb00', ['r9Zd7vDEmWMfQb00']).value, undefined);
});

test('labels are unique', () => {
  assert.equal(checkLabel(' shop ', []).value, 'shop');
  assert.equal(checkLabel('shop', ['shop']).value, undefined);
  assert.equal(checkLabel(' ', []).value, undefined);
});

test('an endpoint is an https origin; http is for this machine alone', () => {
  assert.equal(checkEndpoint('').value, '');
  assert.equal(checkEndpoint(' https://Gateway.Example.com:8443/ ').value, 'https://gateway.example.com:8443');
  assert.equal(checkEndpoint('https://gateway.example.com:443').value, 'https://gateway.example.com');
  assert.equal(checkEndpoint('http://127.0.0.1:8080').value, 'http://127.0.0.1:8080');
  assert.equal(checkEndpoint('http://localhost:1').value, 'http://localhost:1');
  assert.equal(checkEndpoint('http://[::1]:1').value, 'http://[::1]:1');
  for (const bad of [
    'gateway.example.com', 'ftp://x', 'http://gateway.example.com', 'http://127.0.0.1.evil.example', 'http://localhost.evil.example',
    'https://user:pw@x.example', 'https://user@x.example', 'https://@x.example', 'https://x.example/path', 'https://x.example?q', 'https://x.example#f',
    'https://', 'https://x.example\\@evil.example', 'https:/x.example', 'javascript:alert(1)', 'https://a b', 'http://127.0.0.1:99999',
  ]) {
    assert.equal(checkEndpoint(bad).value, undefined, bad);
  }
});

test('what is accepted is an origin and stays one', () => {
  fc.assert(fc.property(fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }), (url) => {
    const { value } = checkEndpoint(url);
    if (value === undefined) return;
    assert.equal(new URL(value).origin, value);
    assert.ok(value.startsWith('https://') || isLoopback(value));
    assert.equal(checkEndpoint(value).value, value);
  }));
});

test('loopback is compared as a whole', () => {
  assert.ok(isLoopback('http://127.0.0.1:1'));
  assert.ok(!isLoopback('http://127.0.0.1.example'));
  assert.ok(!isLoopback('nonsense'));
});
