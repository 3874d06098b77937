/** Files that JSON is written in for tools. */
const TOOL_FILES = /^(?:package(?:-lock)?|[jt]sconfig(?:\..*)?|settings|keybindings|launch|tasks|extensions)\.json$|\.code-workspace$/i;

/** Whether a file with this name is a tool's, and holds no messages. */
export function isToolFile(name: string): boolean {
  return TOOL_FILES.test(name);
}
