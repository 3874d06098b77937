import assert from 'node:assert/strict';
import { test } from 'node:test';

import { planProxy, proxySecrets } from '../../../src/host/proxyPlan.ts';
import type { HttpSettings } from '../../../src/host/proxyPlan.ts';
import { CloudError } from '../../../src/model/cloudError.ts';

function settings(changes: Partial<HttpSettings> = {}): HttpSettings {
  return { proxy: '', noProxy: [], proxyAuthorization: undefined, proxySupport: 'override', useSystemCertificates: true, ...changes };
}

const LOOPBACK = 'localhost,127.0.0.1,[::1]';

test('without setting and environment the connection is direct', () => {
  assert.deepEqual(planProxy(settings(), {}), { httpProxy: '', httpsProxy: '', noProxy: LOOPBACK, authorization: undefined });
});

test('the setting goes before the environment, and both lists of exceptions count', () => {
  const plan = planProxy(settings({ proxy: 'http://proxy.corp:3128', noProxy: ['.corp', ' intra '] }), { HTTPS_PROXY: 'http://other:1', no_proxy: 'a.example, b.example' });
  assert.equal(plan.httpsProxy, 'http://proxy.corp:3128/');
  assert.equal(plan.httpProxy, 'http://proxy.corp:3128/');
  assert.equal(plan.noProxy, `${LOOPBACK},.corp,intra,a.example,b.example`);
});

test('the environment is read in both spellings, bare hosts included, and https falls back to http', () => {
  assert.equal(planProxy(settings(), { https_proxy: 'proxy.corp:3128' }).httpsProxy, 'http://proxy.corp:3128/');
  assert.equal(planProxy(settings(), { HTTP_PROXY: 'http://proxy.corp:3128' }).httpsProxy, 'http://proxy.corp:3128/');
});

test('off and * mean direct', () => {
  for (const plan of [planProxy(settings({ proxy: 'http://p:1', proxySupport: 'off' }), {}), planProxy(settings({ proxy: 'http://p:1' }), { NO_PROXY: '*' })]) {
    assert.deepEqual([plan.httpProxy, plan.httpsProxy], ['', '']);
  }
});

test('an address that is none is a proxy problem which does not repeat it', () => {
  for (const proxy of ['http://user:TOPSECRET@', 'socks4://x:1', 'ftp://TOPSECRET', 'http://%']) {
    assert.throws(() => planProxy(settings({ proxy }), {}), (error) => {
      assert.ok(error instanceof CloudError && error.details.reason === 'proxy' && error.details.mayHaveArrived === false);
      assert.doesNotMatch(String(error.stack), /TOPSECRET/);
      return true;
    });
  }
});

test('credentials of the proxy are known as secrets', () => {
  const plan = planProxy(settings({ proxy: 'http://me:p%40ss-word@proxy:1', proxyAuthorization: 'Basic bWU6aGVhZGVy' }), {});
  const secrets = proxySecrets(plan);
  for (const expected of ['p%40ss-word', 'p@ss-word', 'Basic bWU6aGVhZGVy', 'bWU6aGVhZGVy']) assert.ok(secrets.includes(expected), expected);
});
