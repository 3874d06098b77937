import type { TestContext } from 'node:test';

import type { EasyQueueTopic } from '../../../src/model/easyQueue.ts';
import { createFormatter } from '../../../src/model/format.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { createTopic } from '../../../src/services/easyqueue/createTopic.ts';
import type { WithProgress } from '../../../src/services/writing.ts';
import { ScriptedPrompts } from '../../support/scriptedPrompts.ts';
import type { Answer } from '../../support/scriptedPrompts.ts';
import { easyQueueWorld } from './easyQueueWorld.ts';
import type { EasyQueueWorld } from './easyQueueWorld.ts';

/** Everything as proposed, but the name. */
export const PROPOSED: readonly Answer[] = [{ type: '3' }, { type: '7 d' }, { type: '5 GiB' }, { type: '256 KiB' }, { type: '' }];
/** The last step's first row. */
export const CREATE: Answer = { pick: 'Create' };

/** A progress that nobody calls off. */
export const untilItEnds: WithProgress = (_title, work) => work(new AbortController().signal);

/** The wizard over an EasyQueue of its own, with a user who answers by script. */
export async function wizard(
  t: TestContext, answers: readonly Answer[], prepare: (world: EasyQueueWorld) => void = () => undefined, progress: WithProgress = untilItEnds,
) {
  const world = await easyQueueWorld(t);
  prepare(world);
  const { account, appKey, client } = world;
  const prompts = new ScriptedPrompts(...answers);
  const said: string[] = [];
  const failures: (Problem | undefined)[] = [];
  const run = (known?: readonly EasyQueueTopic[]): Promise<EasyQueueTopic> => createTopic({
    prompts, client, appKey, known, progress, reading: progress,
    onFailure: (_error, problem) => failures.push(problem),
    format: createFormatter('en'),
    account,
    say: (message) => said.push(message),
  });
  return { world, prompts, said, failures, run };
}
