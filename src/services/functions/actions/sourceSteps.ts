import * as l10n from '@vscode/l10n';

import { BackError, withHeading } from '../../../host/prompts.ts';
import type { PickItem, Prompts } from '../../../host/prompts.ts';
import type { WizardStep } from '../../../host/wizard.ts';
import { CancelledError } from '../../../model/cloudError.ts';
import { currentRuntimes, runtimeOf } from '../../../model/functionRuntimes.ts';
import { ProblemError, problemText } from '../../../model/problem.ts';
import { asking } from '../../createWizard.ts';
import type { FunctionsDeps } from '../context.ts';
import { isArchive, zipEntries } from './archive.ts';
import type { ActionDraft, ActionSource } from './actionDraft.ts';
import { codeOf } from './localCode.ts';
import type { LocalFile, LocalFolder, NewCode } from './localCode.ts';
import type { LocalFiles } from './localFiles.ts';
import { PROJECTS, TEMPLATES } from './templates.ts';
import type { ActionTemplate, ProjectTemplate, TemplateFile } from './templates.ts';
import { errorNote } from '../wizardParts.ts';

/** What the questions about an action's code need. */
export interface SourceDeps extends Pick<FunctionsDeps, 'format' | 'reading' | 'say'> {
  readonly files: LocalFiles;
  /** Whether there are container images here. */
  readonly takesImages: boolean;
  /** What was chosen before: it is not asked for, unless it cannot be used. */
  readonly given: LocalFile | LocalFolder | undefined;
}

type Step = WizardStep<ActionDraft>;

/** Asks where the code of a new action comes from, and for it. */
export function sourceSteps(deps: SourceDeps): readonly Step[] {
  return [sourceStep(deps), templateStep(deps), localStep(deps), imageStep()];
}

function sourceStep({ takesImages, given }: SourceDeps): Step {
  const row = (value: ActionSource, icon: string, label: string, detail: string): PickItem<ActionSource> => ({ value, icon, label, detail });
  const items: readonly PickItem<ActionSource>[] = [
    row('template', 'lightbulb', l10n.t('Template'), l10n.t('A small action that runs, in each language')),
    row('file', 'file-code', l10n.t('File'), l10n.t('Source code, or a built archive (.zip, .jar)')),
    row('folder', 'folder', l10n.t('Folder'), l10n.t('Packed as an archive, without what ".ncloudignore" or ".gitignore" names')),
    row('sequence', 'list-tree', l10n.t('Sequence'), l10n.t('Runs other actions in order, each with the result of the one before')),
    ...(takesImages ? [row('image', 'package', l10n.t('Container image'), l10n.t('From a container registry of the account'))] : []),
  ];
  return {
    id: 'source',
    applies: ({ isReviewed }) => given === undefined || isReviewed,
    run: async (prompts, draft) => {
      draft.source = await prompts.pick({ placeholder: asking(draft, 'source', l10n.t('What is the action made from?')), items, active: draft.source });
      // Wherever it was asked from, the answer it leads to comes next.
      const next: Readonly<Record<ActionSource, string>> = { template: 'template', file: 'local', folder: 'local', sequence: 'components', image: 'imageUri' };
      return next[draft.source];
    },
  };
}

function templateStep({ files, say }: SourceDeps): Step {
  return {
    id: 'template',
    applies: ({ source }) => source === 'template',
    run: async (prompts, draft) => {
      const chosen = await prompts.pick({ placeholder: l10n.t('Choose a template'), items: templateRows(), active: TEMPLATES.find(({ kind }) => kind === draft.runtime) });
      if ('build' in chosen) return writeProject(chosen, files, say);
      setRuntime(draft, chosen.kind);
      draft.isWeb = chosen.type === 'web';
      draft.code = await codeOfTemplate(chosen);
      return undefined;
    },
  };
}

function templateRows(): readonly PickItem<ActionTemplate | ProjectTemplate>[] {
  const templates = TEMPLATES.map((template): PickItem<ActionTemplate | ProjectTemplate> => ({
    label: template.type === 'web' ? l10n.t('{0}: web action', languageOf(template.kind)) : languageOf(template.kind), description: template.kind, value: template,
  }));
  const projects = PROJECTS.map((project): PickItem<ActionTemplate | ProjectTemplate> => ({ label: languageOf(project.kind), description: project.kind, value: project }));
  return [...templates, ...withHeading(projects, l10n.t('Written to a folder, to be built and deployed from there'))];
}

/** Writes a project to build first. Nothing is created in the cloud, which is said. @throws CancelledError in any case: the wizard is done */
async function writeProject({ files: project, build, output }: ProjectTemplate, files: LocalFiles, say: SourceDeps['say']): Promise<never> {
  const folder = await orBack(files.pick('folder', l10n.t('Folder for the New Project'), l10n.t('Write Project')));
  for (const { path } of project) {
    if (await files.exists(files.below(folder, path))) {
      throw new ProblemError({ message: l10n.t('The folder has a file "{0}" already: nothing was written.', path), hint: l10n.t('Choose an empty folder.'), remedies: [] });
    }
  }
  for (const file of project) await files.write(files.below(folder, file.path), bytesOf(file));
  const source = project.at(-1);
  if (source !== undefined) await files.open(files.below(folder, source.path));
  say(l10n.t('The project was written. Build it with "{0}", then create the action from folder "{1}".', build, output));
  throw new CancelledError();
}

/** Code of a template, as it is sent. */
export async function codeOfTemplate({ kind, source }: ActionTemplate): Promise<NewCode> {
  const from = l10n.t('template');
  if (typeof source === 'string') return { code: source, isBinary: false, size: Buffer.byteLength(source), from, remarks: [] };
  const archive = await zipEntries(source.map((file) => ({ path: file.path, bytes: bytesOf(file) })));
  return { code: Buffer.from(archive).toString('base64'), isBinary: true, size: archive.length, from: `${from} (${kind})`, remarks: [] };
}

function bytesOf({ text, isBase64 }: TemplateFile): Uint8Array {
  return isBase64 === true ? Buffer.from(text, 'base64') : new TextEncoder().encode(text);
}

function localStep(deps: SourceDeps): Step {
  return {
    id: 'local',
    applies: ({ source }) => source === 'file' || source === 'folder',
    run: async (prompts, draft) => {
      const local = deps.given !== undefined && draft.local === undefined && draft.trouble === undefined ? deps.given : await chooseLocal(draft, deps);
      if (local === undefined) return 'source';
      const runtime = await askRuntime(prompts, local);
      const code = await mendable(draft, codeOf(local, runtime, deps.format));
      if (code === undefined) return 'source';
      setRuntime(draft, runtime);
      Object.assign(draft, { local, code, name: draft.name === '' ? suggestedName(local.name) : draft.name });
      return undefined;
    },
  };
}

async function chooseLocal(draft: ActionDraft, { files, reading }: SourceDeps): Promise<LocalFile | LocalFolder | undefined> {
  const uri = await orBack(files.pick(draft.source === 'folder' ? 'folder' : 'file', l10n.t('Code of the New Action'), l10n.t('Choose')));
  return mendable(draft, reading(l10n.t('Reading the files…'), (signal) => files.read(uri, signal)));
}

/** What cannot be used leads back to the question for another one, and says why there. */
async function mendable<T>(draft: ActionDraft, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    draft.trouble = { step: 'source', outcome: l10n.t('Not read.'), text: problemText(error.problem) };
    return undefined;
  }
}

async function askRuntime(prompts: Prompts, local: LocalFile | LocalFolder): Promise<string> {
  const isText = local.kind === 'file' && !isArchive(local.bytes);
  const guess = guessRuntime(local);
  const items = currentRuntimes.map(({ kind, language, takesText }): PickItem<string> => ({
    label: language, description: kind, value: kind,
    ...(isText && !takesText ? { unavailable: l10n.t('{0} needs a built archive (.jar, .zip), but "{1}" is text.', language, local.name) } : {}),
  }));
  return prompts.pick({ placeholder: l10n.t('Choose the runtime for "{0}"', local.name), items, active: guess });
}

/** The runtime a file or a folder looks like; undefined where it looks like none. */
export function guessRuntime(local: LocalFile | LocalFolder): string | undefined {
  const names = local.kind === 'file' ? [local.name] : local.entries.map(({ path }) => path).filter((path) => !path.includes('/'));
  const has = (...wanted: readonly string[]): boolean => wanted.some((name) => names.includes(name));
  if (has('package.json', 'index.js')) return newest('js');
  if (has('__main__.py', 'requirements.txt')) return newest('py');
  const endings = names.map((name) => name.split('.').at(-1)?.toLowerCase() ?? '');
  if (endings.includes('jar') || endings.includes('class')) return newest('java');
  return currentRuntimes.find(({ extension }) => endings.includes(extension) || (extension === 'js' && (endings.includes('cjs') || endings.includes('mjs'))))?.kind;
}

function newest(extension: string): string | undefined {
  return currentRuntimes.find((runtime) => runtime.extension === extension)?.kind;
}

/** A name for an action, of a file's; empty where too little of it may stand in one. */
function suggestedName(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50);
}

function imageStep(): Step {
  return {
    id: 'imageUri',
    applies: ({ source }) => source === 'image',
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void Object.assign(draft, { imageUri: typed.trim() });
      keep(await prompts.input({
        prompt: asking(draft, 'imageUri', l10n.t('Container image: registry, name and tag. Without a tag it is "latest".')),
        placeholder: 'registry/image:tag',
        value: draft.imageUri,
        validate: (text) => errorNote(/^[^/\s]+\/[^:\s]+(?::[^:\s/]+)?$/.test(text.trim()) ? undefined : l10n.t('An image looks like this: {0}', 'registry/image:tag')),
        onBack: keep,
      }));
      return undefined;
    },
  };
}

/** The entry function follows the language until it was changed. */
function setRuntime(draft: ActionDraft, kind: string): void {
  const before = runtimeOf(draft.runtime)?.defaultMain ?? '';
  if (draft.main === '' || draft.main === before) Object.assign(draft, { main: runtimeOf(kind)?.defaultMain ?? 'main' });
  Object.assign(draft, { runtime: kind });
}

function languageOf(kind: string): string {
  return runtimeOf(kind)?.language ?? kind;
}

/** A dialog that was closed is Back: the wizard stays open. */
async function orBack<T>(chosen: Promise<T>): Promise<T> {
  try {
    return await chosen;
  } catch (error) {
    throw error instanceof CancelledError ? new BackError() : error;
  }
}
