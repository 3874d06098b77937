/** Where the parts of a page are, and who may load them. */
export interface PageHtml {
  /** What the editor lets a page load files from (`Webview.cspSource`). */
  readonly cspSource: string;
  /** Made for this one page. */
  readonly nonce: string;
  /** Language tag of the texts. */
  readonly locale: string;
  /** Addresses of the files as the page may load them. */
  readonly files: Readonly<Record<'dashboard' | 'controls' | 'style', string>>;
}

/** What a page may load and do: our two scripts and our style. It reaches nobody: all it knows comes from the host, as events. */
export function contentSecurityPolicy({ cspSource, nonce }: Pick<PageHtml, 'cspSource' | 'nonce'>): string {
  return [
    "default-src 'none'",
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/**
 * The frame of every page. It holds no data and no texts: the page draws into its body what the host tells it, and does not wait for the
 * controls. The toolkit tries out one style of its own when it is loaded, and takes the nonce for it from the `meta`.
 */
export function pageHtml({ cspSource, nonce, locale, files }: PageHtml): string {
  return `<!DOCTYPE html>
<html lang="${attribute(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy({ cspSource, nonce }))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cloud Streams</title>
<meta property="csp-nonce" content="${attribute(nonce)}">
<link rel="stylesheet" href="${attribute(files.style)}">
<script nonce="${attribute(nonce)}" src="${attribute(files.dashboard)}" defer></script>
<script nonce="${attribute(nonce)}" src="${attribute(files.controls)}" async></script>
</head>
<body></body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
