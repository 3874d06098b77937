/**
 * The program of a child process that runs one Node.js action as OpenWhisk's runtime does: text code may name its function at the top
 * level or in `exports`, an archive is a package. It tells what is printed, and how it ended, as lines of JSON on descriptor 3:
 * `["stdout", ms, text]`, `["stderr", ms, text]`, `["result", text of JSON]`, `["failed", message]`, `["large", bytes]`, and
 * `["memory"]` when it had more of that than it may, be it for a moment.
 * Its argument is the path of a {@link JobFile}.
 */
export const nodeProgram = String.raw`'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { Writable } = require('node:stream');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');

const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
// Parameters may be secrets: they stand in no file longer than needed.
fs.rmSync(process.argv[2]);
const exit = process.reallyExit.bind(process);
const clock = Date.now;
const MOST = 1048576;
let printed = 0;

function say(frame) {
  const data = Buffer.from(JSON.stringify(frame) + '\n');
  for (let at = 0; at < data.length;) {
    try {
      at += fs.writeSync(3, data, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') exit(1);
    }
  }
}

const read = fs.readFileSync;

// Where the system tells: the most memory there ever was, buffers and all.
function peakMb() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(read('/proc/self/status', 'latin1'))[1]) / 1024;
  } catch {
    return 0;
  }
}

function finish(frame) {
  say(peakMb() > job.mostMb ? ['memory'] : frame);
  exit(0);
}

for (const [name, fd] of [['stdout', 1], ['stderr', 2]]) {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      if (printed <= MOST) say([name, clock(), chunk.subarray(0, MOST + 1).toString('utf8')]);
      printed += chunk.length;
      done();
    },
  });
  stream.fd = fd;
  Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
}

// Whoever started this has gone: nobody waits any more. Until then a function that never settles runs into its time limit.
process.stdin.on('end', () => exit(1)).on('error', () => exit(1)).resume();

Error.prepareStackTrace = (error, frames) => {
  const own = frames.filter((frame) => frame.getFileName() !== __filename && !String(frame.getFileName()).startsWith('node:internal'));
  let head = 'Error';
  try {
    head = Error.prototype.toString.call(error);
  } catch {
    // An error whose name or message cannot be read.
  }
  return head + own.map((frame) => '\n    at ' + frame).join('');
};

async function entry() {
  const main = /^[\w$]+(?:\.[\w$]+)*$/.test(job.main) ? job.main : undefined;
  if (main === undefined) throw 'Name of main function is not valid.';
  const found = job.binary ? await entryOfPackage(main) : await entryOfText(main);
  if (typeof found !== 'function') throw "Action entrypoint '" + main + "' is not a function.";
  return found;
}

async function entryOfPackage(main) {
  const dot = main.lastIndexOf('.');
  const file = dot === -1 ? undefined : main.slice(0, dot);
  if (file === undefined && !fs.existsSync('package.json') && !fs.existsSync('index.js')) {
    throw 'Zipped actions must contain either package.json or index.js at the root.';
  }
  const place = file === undefined ? process.cwd() : path.join(process.cwd(), file);
  const load = createRequire(path.join(process.cwd(), 'package.json'));
  let loaded;
  try {
    loaded = load(place);
  } catch (error) {
    if (error.code !== 'ERR_REQUIRE_ASYNC_MODULE' && error.code !== 'ERR_REQUIRE_ESM') throw error;
    loaded = await import(pathToFileURL(load.resolve(place)).href);
  }
  return member(loaded, dot === -1 ? main : main.slice(dot + 1));
}

async function entryOfText(main) {
  const module = { exports: {} };
  const file = path.join(process.cwd(), 'index.js');
  const [first] = main.split('.');
  const code = job.code + '\n;return typeof ' + first + ' === "undefined" ? undefined : ' + main + ';';
  let run;
  try {
    run = compiled(code);
  } catch {
    const problem = problemOf(job.code);
    if (problem === undefined || !/import statement|Unexpected token 'export'|import\.meta|await is only valid/.test(problem.message)) {
      throw problem === undefined ? "Action entrypoint '" + main + "' is not a function." : problem;
    }
    fs.writeFileSync(job.name + '.mjs', job.code);
    return member(await import(pathToFileURL(path.resolve(job.name + '.mjs')).href), main);
  }
  const named = run(module.exports, createRequire(file), module, file, process.cwd());
  return named === undefined ? member(module.exports, main) : named;
}

function compiled(code) {
  return vm.compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: job.name + '.js',
    importModuleDynamically: vm.constants && vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

function problemOf(code) {
  try {
    compiled(code);
    return undefined;
  } catch (error) {
    error.stack = String(error.stack).replace(/\n    at [^\n]*\(node:[^\n]*/g, '');
    return error;
  }
}

function member(from, main) {
  const at = (value) => main.split('.').reduce((inner, name) => (inner == null ? undefined : inner[name]), value);
  const named = at(from);
  return named === undefined && from != null ? at(from.default) : named;
}

function told(error) {
  if (!(error instanceof Error)) return error ? error : {};
  return { name: error.name, message: error.message, stack: error.stack, ...error };
}

function end(value) {
  const isDictionary = typeof value === 'object' && value !== null && !Array.isArray(value);
  const text = isDictionary ? JSON.stringify(value) : undefined;
  if (text === undefined) {
    console.error('Result must be of type object but has type "' + typeof value + '":', value);
    finish(['failed', 'The action did not return a dictionary.']);
  }
  const size = Buffer.byteLength(text);
  finish(size > MOST ? ['large', size] : ['result', text]);
}

entry()
  .then(
    (main) => {
      // What is thrown at once is a defect, what is rejected an answer: so does the runtime.
      let returned;
      try {
        returned = main(job.parameters);
      } catch (error) {
        console.error(error);
        return finish(['failed', 'An error has occurred: ' + error]);
      }
      return Promise.resolve(returned).then(
        (value) => end(value === undefined ? {} : value),
        (error) => end({ error: told(error) }),
      );
    },
    (error) => finish(['failed', 'Initialization has failed due to: ' + ((error && error.stack) || error)]),
  )
  .catch((error) => {
    console.error(error);
    finish(['failed', 'An error has occurred: ' + error]);
  });
`;
