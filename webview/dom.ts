/** What an element can hold; `undefined` is left out. */
export type Child = Node | string | undefined;

/** Attributes of an element; `undefined` and `false` are left out, `true` is an attribute without a value. Never `style`, which the CSP refuses. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * An element with its attributes and children. Texts become text nodes: nothing that came from a cloud or a file is ever read as HTML.
 * @example el('p', { class: 'note' }, 'No messages yet.')
 */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** As {@link el}, for drawings: `svg('path', { d: '…' })`. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Sets what is given and takes away what is `undefined` or `false`; touches nothing that is so already. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) {
      element.removeAttribute(name);
      continue;
    }
    const text = value === true ? '' : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** Changes a text in place, and only where it differs: a reader of live regions hears nothing twice, a selection stays. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets a custom property through the CSSOM, which a strict CSP allows: `setVariable(bar, '--from', '12%')`. */
export function setVariable(element: HTMLElement | SVGElement, name: `--${string}`, value: string): void {
  if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
}

/** A text for screen readers only. */
export function spoken(text: string): HTMLSpanElement {
  return el('span', { class: 'spoken' }, text);
}

/** How a list of things is kept in step with its elements. */
export interface KeyedOptions<Item> {
  /** Tells it from the others, and stays over reads. */
  key(item: Item): string;
  make(item: Item): HTMLElement;
  /** Brings the element up to date; called for new ones too. */
  update(element: HTMLElement, item: Item): void;
}

/**
 * Keeps the children of an element in step with a list: each thing keeps its element, and with it the focus, a selection, an open menu.
 * The parent holds nothing else.
 * @returns what takes the list as it is now
 */
export function keyed<Item>(parent: HTMLElement, options: KeyedOptions<Item>): (items: readonly Item[]) => void {
  let elements = new Map<string, HTMLElement>();
  return (items) => {
    const next = new Map<string, HTMLElement>();
    for (const item of items) {
      const key = options.key(item);
      const element = elements.get(key) ?? options.make(item);
      options.update(element, item);
      next.set(key, element);
    }
    keepFocus(() => arrange(parent, [...next.values()]));
    elements = next;
  };
}

/** Children in this order, with as few moves as the order allows from the front. */
function arrange(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const staying = new Set<Node>(wanted);
  for (const child of [...parent.childNodes]) {
    if (!staying.has(child)) child.remove();
  }
  for (const [index, element] of wanted.entries()) {
    const there = parent.childNodes[index];
    if (there !== element) parent.insertBefore(element, there ?? null);
  }
}

/** Does something that may move or replace elements; what had the focus has it afterwards, if it is still there. */
function keepFocus(change: () => void): void {
  const focused = document.activeElement;
  change();
  if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

/**
 * Puts a child in an element's place for one: kept where nothing of it differs, so that a button in it keeps the focus. Its listeners
 * stay those of the first: they act by a key that does not change. For native elements: the toolkit's get attributes of their own when they
 * are connected, and never equal a new one.
 */
export function setContent(parent: Element, content: string | Node): void {
  if (typeof content === 'string') {
    setText(parent, content);
    return;
  }
  const there = parent.firstChild;
  if (there !== null && parent.childNodes.length === 1 && there.isEqualNode(content)) return;
  const hadFocus = parent.contains(document.activeElement) && parent !== document.activeElement;
  parent.replaceChildren(content);
  if (hadFocus) parent.querySelector<HTMLElement>('button, vscode-button, a[href], [tabindex]')?.focus({ preventScroll: true });
}
