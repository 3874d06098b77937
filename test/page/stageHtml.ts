import { pageHtml } from '../../src/webviews/html.ts';

/** What the editor puts into the head of every panel, as it was found in version 1.139: only what shows. */
const EDITOR_STYLE = `
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body {
    overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size);
    margin: 0; padding: 0 20px;
  }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code {
    font-family: var(--monaco-monospace-font); color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px;
  }
  pre code { padding: 0; }
}`;

const NONCE = 'of-the-stage';

/**
 * The page of a panel as the extension makes it, Content-Security-Policy and all, with the editor's style.
 * @param origin what stands for the editor's own source of a panel's files
 */
export function stageHtml(origin: string, withControls: boolean): string {
  const files = { dashboard: '/dashboard.js', controls: withControls ? '/controls.js' : '/none.js', style: '/dashboard.css' };
  const page = pageHtml({ cspSource: origin, nonce: NONCE, locale: 'en', files });
  return page.replace('</title>', `</title>\n<link rel="icon" href="data:,">\n<style nonce="${NONCE}">${EDITOR_STYLE}</style>`);
}
