/**
 * The part of a DOM element that is read inside the page. Only functions that run there take one, so the types of the
 * browser need not be known to everything that runs in Node.js.
 */
export interface PageElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  scrollIntoView(options?: { readonly block: 'center' }): void;
  getBoundingClientRect(): { readonly top: number };
}
