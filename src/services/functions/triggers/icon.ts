/** The codicon of a trigger, by its type. */
export function triggerIcon(type: string | undefined): string {
  switch (type) {
    case 'cron':
      return 'watch';
    case 'github':
      return 'github';
    case 'source_commit':
      return 'git-commit';
    case 'object_storage':
      return 'archive';
    case 'insight':
      return 'graph';
    case 'secret_manager':
      return 'key';
    case undefined:
    default:
      return 'zap';
  }
}
