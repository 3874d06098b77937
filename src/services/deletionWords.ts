import * as l10n from '@vscode/l10n';

/** For topics that need no deletion any more. */
export function goneText(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('Topic "{0}" is deleted already, or is being deleted.', names.join())
    : l10n.t('These topics are deleted already, or are being deleted: {0}', names.join(', '));
}

/** For topics that the cloud is deleting now. */
export function startedText(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('Topic "{0}" is being deleted.', names.join())
    : l10n.t('Topics are being deleted: {0}', names.join(', '));
}

/** For topics without a connector that could be deleted. */
export function withoutConnectorText(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('Topic "{0}" has no connector any more.', names.join())
    : l10n.t('These topics have no connector any more: {0}', names.join(', '));
}

/** For topics whose connector was deleted before it was called off. */
export function connectorsDeletedText(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('The connector of topic "{0}" was deleted.', names.join())
    : l10n.t('The connectors of these topics were deleted: {0}', names.join(', '));
}

/** What a deletion that was called off did before; undefined where that is nothing. */
export function calledOffText(...done: readonly (string | undefined)[]): string | undefined {
  const texts = done.filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : [l10n.t('Cancelled.'), ...texts].join(' ');
}
