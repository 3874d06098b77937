/** The hosts that are this machine, as `URL.hostname` writes them. To be compared as a whole, never by part. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
