import { inProject } from './project.ts';

/** Arguments with which Node.js runs test files: readable lines on the terminal, and the counts for `npm test`. */
export function nodeTestArguments(files: readonly string[], options: readonly string[] = []): readonly string[] {
  return [
    '--test',
    ...['--test-reporter', 'spec', '--test-reporter-destination', 'stdout'],
    ...['--test-reporter', inProject('test/host/countReporter.ts'), '--test-reporter-destination', 'stderr'],
    ...options,
    ...files,
  ];
}
