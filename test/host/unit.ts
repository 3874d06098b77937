import { nodeTestArguments } from './nodeTest.ts';
import { exitCode } from './processes.ts';
import { projectFolder } from './project.ts';

/** Runs the unit tests, or the files and with the options of `node --test` given. */
const given = process.argv.slice(2);
process.exitCode = await exitCode(
  process.execPath,
  nodeTestArguments(given.length > 0 ? given : ['test/unit/**/*.test.ts']),
  { cwd: projectFolder },
);
