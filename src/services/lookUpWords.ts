import * as l10n from '@vscode/l10n';

import { CancelledError } from '../model/cloudError.ts';
import type { CreationTexts } from './lookUp.ts';

/** Of a topic. */
export function topicTexts(name: string): CreationTexts {
  return {
    exists: (isCalledOff) => (isCalledOff
      ? l10n.t('Cancelled, but topic "{0}" exists now.', name)
      : l10n.t('No answer came, but topic "{0}" exists now.', name)),
    missing: (error) => (error instanceof CancelledError
      ? l10n.t('Topic "{0}" does not exist so far.', name)
      : l10n.t('No answer came, and topic "{0}" does not exist.', name)),
    wasThere: l10n.t('Topic "{0}" exists, but it was there before.', name),
  };
}

/** Of the connector of a topic. */
export function connectorTexts(topicName: string): CreationTexts {
  return {
    exists: (isCalledOff) => (isCalledOff
      ? l10n.t('Cancelled, but topic "{0}" has a connector now.', topicName)
      : l10n.t('No answer came, but topic "{0}" has a connector now.', topicName)),
    missing: (error) => (error instanceof CancelledError
      ? l10n.t('Topic "{0}" has no connector so far.', topicName)
      : l10n.t('No answer came, and topic "{0}" has no connector.', topicName)),
    wasThere: l10n.t('Topic "{0}" has a connector, but it was there before.', topicName),
  };
}
