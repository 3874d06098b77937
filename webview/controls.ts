/**
 * The toolkit's controls, in a bundle of their own: the page is drawn before they are there. This is the one file that knows the toolkit,
 * which nobody maintains any more.
 *
 * Its button passes axe in all four themes and obeys Enter, Space and Tab. Its drop-down list does not pass: in the light high-contrast theme
 * the chosen option is white on a light grey (1.2 : 1, where 4.5 are wanted), and `aria-controls` names a list in its shadow tree, which no
 * reader finds. Lists are the browser's own `select` therefore, and so are the fields for times, which it does not have (`parts/inputs.ts`).
 */
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(vsCodeButton());
