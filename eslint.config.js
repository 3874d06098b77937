import { readdirSync, readFileSync } from 'node:fs';

import tseslint from 'typescript-eslint';

/** What each layer may import from the others; CONTRIBUTING has the picture, the layer test reads the same file. */
const LAYERS = JSON.parse(readFileSync(new URL('test/unit/layers.json', import.meta.url), 'utf8'));

const ALL = [...Object.keys(LAYERS), 'extension', 'ids'];
const PURE = ['model', 'protocol', 'api', 'sending', 'emulator'];
const SERVICES = readdirSync(new URL('src/services', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const ZOD = { name: 'zod', message: "Use 'zod/mini': the full zod is 443 KB in the bundle." };
const UNDICI = { name: 'undici', message: 'Only api/undiciTransport.ts, api/undiciRequest.ts and host/dispatcher.ts know undici.' };
const VSCODE = { name: 'vscode', message: 'This layer is pure: no editor.' };

const forbid = (layers) => layers.map((layer) => ({
  group: [`**/${layer}/**`, `**/${layer}.ts`],
  message: 'This layer may not import that one; see CONTRIBUTING.',
}));

const TOOLKIT = { name: '@vscode/webview-ui-toolkit', message: 'Only webview/controls.ts knows the toolkit: it is a bundle of its own.' };
const UPLOT = { name: 'uplot', message: 'Only webview/charts/ knows uPlot.' };
const CONTROLS_FILE = 'webview/controls.ts';

/** The browser's side of the panels: it knows the seams, never the editor nor what the host has behind them. */
const WEBVIEW = {
  paths: [ZOD, { name: 'zod/mini', message: 'Pages check nothing: the host does. It weighs 25 KB.' }, UNDICI, VSCODE],
  patterns: [
    ...forbid(ALL.filter((name) => name !== 'protocol' && name !== 'model')),
    { group: ['node:*'], message: 'This runs in a browser.' },
  ],
};

/** An import rule for pages. */
function webviewRule(files, ignores, packages) {
  return {
    files,
    ignores,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [...WEBVIEW.paths, ...packages], patterns: WEBVIEW.patterns }] },
  };
}

/** The two files that know undici. */
const UNDICI_FILES = ['src/api/undiciTransport.ts', 'src/api/undiciRequest.ts', 'src/host/dispatcher.ts'];

/** What a layer may not import: everything but what is listed, and its own files. */
function forbiddenTo(name, allowed) {
  return ALL.filter((other) => other !== name && !allowed.includes(other));
}

/** A folder's import rule. */
function layer(name, allowed) {
  const forbidden = forbiddenTo(name, allowed);
  const rule = (files, ignores, packages) => ({
    files,
    ignores,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: [...packages, ...(PURE.includes(name) ? [VSCODE] : [])],
        patterns: forbid(forbidden),
      }],
    },
  });
  const knowing = UNDICI_FILES.filter((file) => file.startsWith(`src/${name}/`));
  return [
    rule([`src/${name}/**/*.ts`], knowing, [ZOD, UNDICI]),
    ...(knowing.length === 0 ? [] : [rule(knowing, [], [ZOD])]),
  ];
}

export default tseslint.config(
  { ignores: ['out/', '.cache/', 'node_modules/', 'screenshots/', 'coverage/', 'test/host/workspace/'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'esbuild.mjs', 'webview/build.mjs', 'test/page/inPage.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/class-literal-property-style': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Randomness is passed in.' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach'], package: 'node:test' }] }],
    },
  },
  ...Object.entries(LAYERS).flatMap(([name, allowed]) => layer(name, allowed)),
  // A service knows neither the other services nor their clients.
  ...SERVICES.map((name) => ({
    files: [`src/services/${name}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        paths: [ZOD, UNDICI],
        patterns: forbid([...forbiddenTo('services', LAYERS.services), ...SERVICES.filter((other) => other !== name)]),
      }],
    },
  })),
  webviewRule(['webview/**/*.ts'], [CONTROLS_FILE, 'webview/charts/**/*.ts'], [TOOLKIT, UPLOT]),
  webviewRule([CONTROLS_FILE], [], [UPLOT]),
  webviewRule(['webview/charts/**/*.ts'], [], [TOOLKIT]),
  {
    // What a browser cannot be trusted with.
    files: ['webview/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property, message: 'Texts are text nodes: dom.ts.' })), { object: 'Math', property: 'random', message: 'Randomness is passed in.' }],
    },
  },
  {
    files: ['src/emulator/cli.ts', 'test/**/*.ts', 'esbuild.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    // The composition root is where randomness comes from.
    files: ['src/extension.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // Type information adds nothing to plain build scripts.
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-exports': 'off', 'no-console': 'off' },
  },
);
