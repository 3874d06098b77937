import { setImmediate as letOthersRun } from 'node:timers/promises';

import { CancelledError } from '../../model/cloudError.ts';
import { flawOfAll, type FoundPart } from './foundPart.ts';
import type { Reading } from '../message.ts';
import { partsOf } from './parts.ts';
import { type MakerContext, ReadingMaker } from './readingMaker.ts';
import type { MessageSource } from '../source.ts';
import { Answers, type Outside } from '../variables/answers.ts';

/** What reading needs beside the texts; those who answer for `{{env:…}}` and `{{file:…}}` are asked once for each name. */
export interface ReadContext extends MakerContext, Outside {}

/** Parts that are looked at before others may run; a long one counts as several. */
const BATCH = 500;
const UNITS_OF_ONE = 512;

/**
 * Reads the messages of texts, in their order and in batches of some hundred. The same texts and job give the same messages, byte for
 * byte, however the texts are cut into pieces. Bad input is an issue and never thrown. JSON Lines are never held as a whole; a JSON
 * document is, but never as a tree.
 * @throws CancelledError
 */
export async function* readMessages(
  sources: readonly MessageSource[],
  context: ReadContext,
  signal: AbortSignal,
): AsyncGenerator<readonly Reading[]> {
  const answers = new Answers(context);
  const maker = new ReadingMaker(context, answers);
  for (const [number, source] of sources.entries()) {
    maker.enter(number, source.uri);
    for await (const found of foundIn(source, context, signal)) {
      const batch: Reading[] = [];
      for (const part of found) {
        let reading = readingOf(part, maker);
        while (reading === undefined) {
          await askAll(answers, signal);
          reading = readingOf(part, maker);
        }
        batch.push(reading);
      }
      if (batch.length > 0) yield batch;
    }
  }
}

/** All that one message wants is asked for before it is looked at again. */
async function askAll(answers: Answers, signal: AbortSignal): Promise<void> {
  for (const [number, wanted] of answers.takeWanted().entries()) {
    if (number % BATCH === BATCH - 1) await letOthersRun();
    if (signal.aborted) throw new CancelledError();
    await answers.ask(wanted);
  }
}

function readingOf({ part, content }: FoundPart, maker: ReadingMaker): Reading | undefined {
  return typeof content === 'function' ? maker.read(part, content) : maker.flawed(part, content);
}

/** The parts of a source in batches, or only the one that was asked for. Others may run between two batches. */
async function* foundIn(source: MessageSource, context: ReadContext, signal: AbortSignal): AsyncGenerator<readonly FoundPart[]> {
  const target = { topicName: context.job.target.topicName, maxValueBytes: context.limits.maxValueBytes };
  let looked = 0;
  let passed = 0;
  let isFound = source.only === undefined;
  for await (const parts of partsOf(source, target, signal)) {
    let batch: FoundPart[] = [];
    for (const found of parts) {
      if (found !== undefined) {
        const isChosen = source.only === undefined || source.only === passed || found.isWhole === true;
        if (isChosen) batch.push(found);
        isFound ||= isChosen;
        passed += 1;
      }
      looked += 1 + (found === undefined ? 0 : (found.part.end - found.part.start) / UNITS_OF_ONE);
      if (looked < BATCH) continue;
      looked = 0;
      yield batch;
      batch = [];
      await letOthersRun();
      if (signal.aborted) throw new CancelledError();
    }
    yield batch;
  }
  if (!isFound) yield [flawOfAll(source.start, { kind: 'empty' })];
}
