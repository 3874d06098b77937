import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { parseConfigureFile, zoneOfApiUrl } from '../../../src/accounts/configureFile.ts';

test('reads profiles with comments, CRLF, a byte order mark, quotes and spaces', () => {
  const text = [
    '\uFEFF# made by the CLI',
    '[DEFAULT]',
    'ncloud_access_key_id = AKID1',
    'ncloud_secret_access_key="sec#ret;1"  # mine',
    'ncloud_api_url=https://ncloud.apigw.ntruss.com',
    '; the bank',
    '[ bank ] ; comment',
    "NCLOUD_ACCESS_KEY_ID : 'AKID2'",
    'ncloud_secret_access_key = se#cr=et2',
    'ncloud_api_url = https://fin-ncloud.apigw.fin-ntruss.com/',
  ].join('\r\n');
  assert.deepEqual(parseConfigureFile(text), {
    profiles: [
      { profile: 'DEFAULT', accessKeyId: 'AKID1', secretKey: 'sec#ret;1', apiUrl: 'https://ncloud.apigw.ntruss.com' },
      { profile: 'bank', accessKeyId: 'AKID2', secretKey: 'se#cr=et2', apiUrl: 'https://fin-ncloud.apigw.fin-ntruss.com/' },
    ],
    brokenLines: [],
  });
});

test('lines before any section belong to DEFAULT, and sections of one name are one', () => {
  const { profiles } = parseConfigureFile('ncloud_access_key_id=A\n[x]\nncloud_access_key_id=B\n[DEFAULT]\nncloud_secret_access_key=S\n[x]\nncloud_access_key_id=C');
  assert.deepEqual(profiles.map(({ profile, accessKeyId, secretKey }) => [profile, accessKeyId, secretKey]), [['DEFAULT', 'A', 'S'], ['x', 'C', undefined]]);
});

test('broken lines are told by number and never by content', () => {
  const found = parseConfigureFile('[a\nncloud_access_key_id=A\nTOPSECRETLINE\n=TOPSECRET\n[]\n');
  assert.deepEqual(found.brokenLines, [1, 3, 4, 5]);
  assert.doesNotMatch(JSON.stringify(found), /TOPSECRET/);
});

test('sections of other tools, empty values and names of Object.prototype are no profiles', () => {
  const { profiles } = parseConfigureFile('[other]\nfoo=bar\n[empty]\nncloud_access_key_id=\n[__proto__]\n__proto__=x\nncloud_access_key_id=P');
  assert.deepEqual(profiles.map(({ profile }) => profile), ['__proto__']);
});

test('never throws, whatever the file holds', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
    const { brokenLines } = parseConfigureFile(text);
    assert.ok(brokenLines.every((line) => line >= 1));
  }));
});

test('a profile survives being written and read', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9+/]{1,40}={0,2}$/);
  fc.assert(fc.property(key, key, (id, secret) => {
    const { profiles } = parseConfigureFile(`[p]\nncloud_access_key_id = ${id}\nncloud_secret_access_key = ${secret}\n`);
    assert.deepEqual(profiles, [{ profile: 'p', accessKeyId: id, secretKey: secret, apiUrl: undefined }]);
  }));
});

test('the zone comes from the exact host', () => {
  assert.equal(zoneOfApiUrl(undefined), 'public');
  assert.equal(zoneOfApiUrl('https://ncloud.apigw.ntruss.com'), 'public');
  assert.equal(zoneOfApiUrl('fin-ncloud.apigw.fin-ntruss.com'), 'financial');
  assert.equal(zoneOfApiUrl('https://ncloud.apigw.gov-ntruss.com/'), 'government');
  assert.equal(zoneOfApiUrl('https://ncloud.apigw.ntruss.com.evil.example'), undefined);
  assert.equal(zoneOfApiUrl('https://evilntruss.com'), undefined);
  assert.equal(zoneOfApiUrl('https://evil.example/?x=ntruss.com'), undefined);
});
