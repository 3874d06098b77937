import * as l10n from '@vscode/l10n';

import type { AccessLevel, EasyQueueRegion, FunctionsPlatform, FunctionsRegion, NaverZone, Provider, Stage } from './account.ts';

/** The company, as a badge. */
export function providerBadge(provider: Provider): string {
  return provider === 'naver' ? 'NAVER' : 'NHN';
}

/** The company's cloud. */
export function providerName(provider: Provider): string {
  return provider === 'naver' ? 'NAVER Cloud' : 'NHN Cloud';
}

/** A stage in words. */
export function stageName(stage: Stage): string {
  switch (stage) {
    case 'dev':
      return l10n.t('Development');
    case 'staging':
      return l10n.t('Staging');
    case 'prod':
      return l10n.t('Production');
  }
}

/** A stage as it stands on rows and in the status bar: `DEV`, `STAGING`, `PROD`. */
export function stageBadge(stage: Stage): string {
  return stage.toUpperCase();
}

/** What may leave in an account's name, in words. */
export function accessName(access: AccessLevel): string {
  switch (access) {
    case 'read-only':
      return l10n.t('Read-only');
    case 'send-only':
      return l10n.t('Read and send');
    case 'full':
      return l10n.t('Full access');
  }
}

/** A NAVER Cloud zone in words. */
export function zoneName(zone: NaverZone): string {
  switch (zone) {
    case 'public':
      return l10n.t('Public');
    case 'financial':
      return l10n.t('Financial');
    case 'government':
      return l10n.t('Government');
  }
}

/** A region in words (cloudfunctions.md §1.1, easyqueue.md §2). */
export function regionName(region: FunctionsRegion | EasyQueueRegion): string {
  switch (region) {
    case 'KR':
      return l10n.t('Korea');
    case 'SG':
      return l10n.t('Singapore');
    case 'JP':
      return l10n.t('Japan');
    case 'KR1':
      return l10n.t('Korea (Pangyo)');
    case 'KR2':
      return l10n.t('Korea (Pyeongchon)');
  }
}

/** A network platform as the console names it. */
export function platformName(platform: FunctionsPlatform): string {
  return platform === 'vpc' ? 'VPC' : 'Classic';
}
