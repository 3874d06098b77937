import type { TestContext } from 'node:test';

import { DataStreamClient } from '../../../src/api/datastream/client.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Account, NaverAccount, Stage } from '../../../src/model/account.ts';
import type { CloudError } from '../../../src/model/cloudError.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { connect, naver } from '../api/support.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';

/** A Data Stream of its own with its sample topics, and a user who answers by script. */
export async function dataStreamWorld(t: TestContext, answers: readonly Answer[] = [], stage: Stage = 'dev') {
  const emulator = await startEmulator({ timings: { creatingMs: 60_000, deletionMs: 60_000 } });
  t.after(() => emulator.close());
  const { naver: keys } = emulator.credentials;
  const account: NaverAccount = naver(keys.dataStream, { name: 'acme', lane: { stage, access: 'full' } });
  const { connection } = connect(t, account, { keyId: keys.accessKeyId, secret: keys.secretKey });
  const client = new DataStreamClient(connection);
  const prompts = new ScriptedPrompts(...answers);
  const said: string[] = [];
  const titles: string[] = [];
  const readings: string[] = [];
  /** What was told as a problem, and of which account. */
  const problems: { problem: Problem; account: string | undefined }[] = [];
  const failures: { error: CloudError; problem: Problem | undefined }[] = [];
  return {
    emulator, account, client, prompts, said, titles, readings, problems, failures,
    report: (problem: Problem, of: Account | undefined): void => void problems.push({ problem, account: of?.name }),
    onFailure: (error: CloudError, problem: Problem | undefined): void => void failures.push({ error, problem }),
    reading: <T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      readings.push(title);
      return work(new AbortController().signal);
    },
    format: createFormatter('en'),
    say: (message: string): void => void said.push(message),
    progress: <T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      titles.push(title);
      return work(new AbortController().signal);
    },
    /** What the cloud was asked to change, in order, without ids. */
    writes: (): readonly string[] => emulator.log
      .filter(({ method }) => method !== 'GET')
      .map(({ method, target }) => `${method} ${target.replace('/api/v1/', '').replace(/(topics|connectors)\/[^/]+/g, '$1/*')}`),
    topicNamed: (name: string) => client.listTopics().then((topics) => {
      const topic = topics.find((one) => one.name === name);
      if (topic === undefined) throw new Error(`no topic ${name}`);
      return topic;
    }),
  };
}
