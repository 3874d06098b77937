/** Files that say what of a folder is not deployed; the first that is there counts. */
export const IGNORE_FILES = ['.ncloudignore', '.gitignore'] as const;

/** One of {@link IGNORE_FILES}. */
export type IgnoreFile = (typeof IGNORE_FILES)[number];

/** Never a part of an action: what keeps its history, what rules stand in, and what a desktop leaves behind. */
const NEVER = ['.git', '.ncloudignore', '.gitignore', '.DS_Store'];

/** At the top of a folder: settings and parameter sets of an action, which may hold keys. */
const SETTINGS = /^[^/]+\.(?:action|params)\.json$/;

const DEPENDENCIES = 'node_modules';

/** What of a folder is deployed. */
export interface FolderRules {
  readonly file: IgnoreFile | undefined;
  /** Whether something is left out. @param path relative to the folder, with `/`, a folder's without one at its end */
  readonly leavesOut: (path: string, kind: 'file' | 'folder') => boolean;
}

/**
 * The rules of a folder. What is below `node_modules` stays in where the rules are Git's, which nearly always leave it out: an action needs
 * it. A `.ncloudignore` is about deploying alone, so all it says counts.
 * @param text of the file with the rules, in the syntax of `.gitignore`
 */
export async function folderRules(file: IgnoreFile | undefined, text: string): Promise<FolderRules> {
  const { default: ignore } = await import('ignore');
  const rules = ignore({ ignorecase: false }).add(text);
  return {
    file,
    leavesOut: (path, kind) => {
      const segments = path.split('/');
      if (segments.some((segment) => NEVER.includes(segment))) return true;
      // Code may need one after all: a rule "!name" takes it in.
      if (kind === 'file' && SETTINGS.test(path) && !rules.test(path).unignored) return true;
      if (file === '.gitignore' && segments.includes(DEPENDENCIES)) return false;
      return rules.ignores(kind === 'folder' ? `${path}/` : path);
    },
  };
}
