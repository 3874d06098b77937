/** The name, with a number behind it where others have it already. */
export function uniqueName(name: string, others: readonly string[]): string {
  const taken = new Set(others.map((other) => other.trim().normalize('NFC').toLowerCase()));
  const free = (candidate: string): boolean => !taken.has(candidate.normalize('NFC').toLowerCase());
  if (free(name)) return name;
  for (let n = 2; ; n += 1) {
    const candidate = `${name} ${String(n)}`;
    if (free(candidate)) return candidate;
  }
}
