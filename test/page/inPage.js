/* In the page before its own scripts: stands for the editor, and notes what breaks. `__stage` holds the theme and the kept state. */
{
  const stage = globalThis.__stage;
  let ready;
  stage.ready = new Promise((resolve) => {
    ready = resolve;
  });
  stage.calls = [];
  stage.violations = [];
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    stage.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
  });

  globalThis.acquireVsCodeApi = () => ({
    postMessage: (call) => {
      stage.calls.push(structuredClone(call));
      if (call.type === 'ready') ready();
    },
    getState: () => stage.state,
    setState: (state) => {
      stage.state = JSON.parse(JSON.stringify(state));
    },
  });

  const revive = (value) => {
    if (Array.isArray(value)) return value.map(revive);
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.$buffer === 'string') return Uint8Array.from(atob(value.$buffer), (letter) => letter.charCodeAt(0)).buffer;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revive(each)]));
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  stage.send = async (event) => {
    const came = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
    postMessage(revive(event), '*');
    await came;
    await frame();
    await frame();
  };

  stage.setTheme = async ({ bodyClass, variables }) => {
    const { style } = document.documentElement;
    for (const name of [...style].filter((each) => each.startsWith('--vscode-'))) style.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
    document.body.className = bodyClass;
    await frame();
    await frame();
  };
  // The body is there before the first script in it runs.
  const watch = new MutationObserver(() => {
    if (document.body === null) return;
    watch.disconnect();
    void stage.setTheme(stage.theme);
  });
  watch.observe(document, { childList: true, subtree: true });

  stage.axe = async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    const { violations } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id}: ${help} · ${target.join(' ')} · ${any.map(({ message }) => message).join('; ')}`));
  };
}
