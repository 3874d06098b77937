import * as assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { onDidChangeHttpSettings, readHttpSettings } from '../../src/host/httpSettings.ts';
import { Log } from '../../src/host/log.ts';
import { withoutLinks } from '../../src/host/notifications.ts';
import { BackError } from '../../src/host/prompts.ts';
import type { InputNote, WizardPlace } from '../../src/host/prompts.ts';
import { createPrompts } from '../../src/host/vscodePrompts.ts';
import { runWizard } from '../../src/host/wizard.ts';
import { CancelledError } from '../../src/model/cloudError.ts';
import { AccountNode } from '../../src/tree/accountNode.ts';
import { naverAccount, nhnAccount } from '../support/accounts.ts';

const PLACE: WizardPlace = { title: 'Wizard', step: 2, totalSteps: 3, canGoBack: true };

/** Does something in the window until the question is answered: a question takes a moment to appear. */
async function answeredBy<T>(question: Promise<T>, command: string): Promise<T> {
  const press = setInterval(() => void vscode.commands.executeCommand(command), 50);
  try {
    return await question;
  } finally {
    clearInterval(press);
  }
}

const ACCEPT = 'workbench.action.acceptSelectedQuickOpenItem';
const CLOSE = 'workbench.action.closeQuickOpen';
const BACK = 'workbench.action.quickInputBack';

suite('prompts in the window', () => {
  const prompts = createPrompts();

  test('a pick gives the active row', async () => {
    const items = ['one', 'two', 'three'].map((label) => ({ label, value: label.length * 10, heading: 'H', icon: 'cloud' }));
    assert.equal(await answeredBy(prompts.pick({ placeholder: 'p', items, active: 50 }), ACCEPT), 50);
  });

  test('a closed question is cancelled, whichever kind it is', async () => {
    const items = [{ label: 'one', value: 1 }];
    await assert.rejects(answeredBy(prompts.pick({ items }), CLOSE), CancelledError);
    await assert.rejects(answeredBy(prompts.pickMany({ items }), CLOSE), CancelledError);
    await assert.rejects(answeredBy(prompts.input({ prompt: 'p' }), CLOSE), CancelledError);
  });

  test('rows can arrive late, and the loading ends with the answer', async () => {
    let signal: AbortSignal | undefined;
    const answer = prompts.pick({ items: (show, ending) => {
      signal = ending;
      return new Promise((resolve) => {
        setTimeout(() => show([{ label: 'first', value: 1 }]), 20);
        ending.addEventListener('abort', () => resolve());
      });
    } });
    assert.equal(await answeredBy(answer, ACCEPT), 1);
    assert.equal(signal?.aborted, true);
  });

  test('the row the user is on stays so when others arrive and more is known about it', async () => {
    const two = { id: 'two' };
    const answer = prompts.pick<{ id: string }>({ active: two, items: (show) => {
      show([{ label: 'one', value: { id: 'one' } }, { label: 'two', value: two }]);
      show(['zero', 'one', 'two'].map((label) => ({ label, value: { id: label }, description: '6 partitions' })));
      return Promise.resolve();
    } });
    assert.deepEqual(await answeredBy(answer, ACCEPT), { id: 'two' });
  });

  test('what fails while loading is what the question throws', async () => {
    await assert.rejects(prompts.pick({ items: () => Promise.reject(new Error('no rows')) }), /no rows/);
  });

  test('many rows start as picked', async () => {
    const items = [{ label: 'a', value: 'a', isPicked: true }, { label: 'b', value: 'b' }, { label: 'c', value: 'c', isPicked: true, unavailable: 'no' }];
    assert.deepEqual(await answeredBy(prompts.pickMany({ items }), ACCEPT), ['a']);
  });

  test('an input gives its text as it is', async () => {
    assert.equal(await answeredBy(prompts.input({ prompt: 'p', value: '  as typed ' }), ACCEPT), '  as typed ');
  });

  test('a text with an error stays, one with a remark goes', async () => {
    let severity: InputNote['severity'] = 'error';
    let asked = 0;
    const answer = prompts.input({ prompt: 'p', value: 'x', validate: async () => {
      asked += 1;
      if (asked > 3) severity = 'warning';
      await Promise.resolve();
      return { severity, message: 'remark' };
    } });
    assert.equal(await answeredBy(answer, ACCEPT), 'x');
    assert.ok(asked > 3);
  });

  test('Back goes back, with what was typed', async () => {
    let typed: string | undefined;
    const answer = prompts.at(PLACE).input({ prompt: 'p', value: 'half', onBack: (text) => { typed = text; } });
    await assert.rejects(answeredBy(answer, BACK), BackError);
    assert.equal(typed, 'half');
    await assert.rejects(answeredBy(prompts.at(PLACE).pick({ items: [{ label: 'a', value: 1 }] }), BACK), BackError);
  });

  test('a wizard runs through its steps', async () => {
    const draft: string[] = [];
    const step = (id: string) => ({ id, run: async (at: typeof prompts, into: string[]) => {
      into.push(await at.input({ prompt: id, value: id }));
      return undefined;
    } });
    await answeredBy(runWizard(prompts, 'W', [step('a'), step('b')], draft), ACCEPT);
    assert.deepEqual(draft, ['a', 'b']);
  });
});

suite('what the host gives', () => {
  test('nothing a service says becomes a link in a notification', () => {
    assert.equal(withoutLinks('says [here](command:evil) and [there](https://evil.example "t")'), 'says [here] (command:evil) and [there] (https://evil.example "t")');
  });

  test('the log holds no secret and no line of somebody else\'s making', () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const channel = { logLevel: vscode.LogLevel.Info, debug: write, info: write, warn: write, error: write, show: () => undefined, dispose: () => undefined };
    const log = new Log(channel as unknown as vscode.LogOutputChannel);
    log.request({ accountName: 'acme', method: 'GET', host: 'h', target: '/a', status: 200, durationMs: 1, attempt: 1 });
    assert.equal(lines.length, 0, 'requests that went well are told only to who asks for debugging');
    channel.logLevel = vscode.LogLevel.Debug;
    log.redactor.register('canary-secret');
    log.info('start canary-secret');
    log.error('failed', new Error('with canary-secret', { cause: new Error(Buffer.from('canary-secret').toString('base64')) }));
    log.request({ accountName: 'acme\n[error] forged', method: 'GET', host: 'h', target: '/a?k=canary-secret', status: 200, durationMs: 1.4, attempt: 2 });
    assert.ok(!lines.join('\n').includes('canary') && !lines.join('\n').includes(Buffer.from('canary-secret').toString('base64')));
    assert.match(lines.at(-1) ?? '', /^\[acme\\u000a\[error\] forged\] GET h\/a\?k=••• \(attempt 2\): 200, 1 ms$/);
  });

  test('the proxy settings are read, and a change is told', async () => {
    const http = vscode.workspace.getConfiguration('http');
    const told = new Promise<void>((resolve) => {
      const subscription = onDidChangeHttpSettings(() => {
        subscription.dispose();
        resolve();
      });
    });
    try {
      await http.update('noProxy', ['a.example'], vscode.ConfigurationTarget.Global);
      await told;
      assert.deepEqual(readHttpSettings().noProxy, ['a.example']);
      assert.equal(readHttpSettings().proxy, '');
    } finally {
      await http.update('noProxy', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('an account says what it is in words, and shows its lane', async () => {
    const node = new AccountNode(nhnAccount(), () => []);
    const face = node.face();
    assert.equal(face.label, 'shop');
    assert.equal(face.description, 'NHN · PROD · Read-only');
    assert.equal(face.accessibilityLabel, 'Account shop, NHN Cloud, Production, Read-only');
    assert.ok(face.iconPath instanceof vscode.ThemeIcon && face.iconPath.id === 'lock');
    assert.deepEqual(node.flags, ['nhn', 'locked']);
    assert.deepEqual(await node.children(), []);
    const unlocked = new AccountNode(nhnAccount({ lane: { stage: 'prod', access: 'full' } }), () => [], (id) => (id === 'h1' ? 61_000 : undefined));
    assert.deepEqual(unlocked.flags, ['nhn', 'unlocked']);
    assert.equal(unlocked.face().description, 'unlocked, 2 min left · PROD');
    assert.equal(unlocked.face().accessibilityLabel, 'Account shop, NHN Cloud, Production, unlocked for 2 minutes');
    const evil = new AccountNode(naverAccount({ name: '<b>|`[x](command:y)', isDemo: true }), () => []);
    const tooltip = evil.details();
    assert.ok(!tooltip.value.includes('<b>') && !tooltip.value.includes('](') && tooltip.isTrusted !== true && tooltip.supportHtml !== true);
    assert.deepEqual(evil.flags, ['naver', 'demo']);
  });
});
