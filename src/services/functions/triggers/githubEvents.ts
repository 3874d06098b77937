import * as l10n from '@vscode/l10n';

/** Stands for every event. */
export const ALL_EVENTS = '*';

/** What of a GitHub repository a trigger can be called for (cloudfunctions.md §7.6), the usual ones first. */
export const GITHUB_EVENTS: readonly string[] = [
  ALL_EVENTS, 'push', 'pull_request', 'issues', 'issue_comment', 'release', 'create', 'delete',
  'branch_protection_rule', 'check_run', 'check_suite', 'code_scanning_alert', 'commit_comment', 'deploy_key', 'deployment', 'deployment_status',
  'discussion', 'discussion_comment', 'fork', 'gollum', 'label', 'member', 'meta', 'milestone', 'package', 'page_build', 'project', 'project_card',
  'project_column', 'public', 'pull_request_review', 'pull_request_review_comment', 'pull_request_review_thread', 'registry_package', 'repository',
  'repository_import', 'repository_vulnerability_alert', 'secret_scanning_alert', 'secret_scanning_alert_location', 'security_and_analysis', 'star',
  'status', 'team_add', 'watch', 'workflow_job', 'workflow_run',
];

/** What is wrong with a choice of events, in the user's language; undefined where nothing is. */
export function eventsProblem(events: readonly string[]): string | undefined {
  if (events.length === 0) return l10n.t('Choose at least one event.');
  if (events.length > 1 && events.includes(ALL_EVENTS)) return l10n.t('"*" stands for all events: choose it alone, or choose the others.');
  const unknown = events.find((event) => !GITHUB_EVENTS.includes(event));
  return unknown === undefined ? undefined : l10n.t('No trigger can be fired by the event "{0}".', unknown);
}
