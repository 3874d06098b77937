/**
 * Files that import themselves through others.
 * @param imports each file with one that it imports
 * @returns the files of each cycle in their order, `a → b → a`
 */
export function importCycles(imports: readonly (readonly [file: string, imported: string])[]): readonly string[] {
  const edges = Map.groupBy(imports, ([file]) => file);
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (trail.includes(file) || done.has(file)) return;
    for (const [, next] of edges.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) walk(file, []);
  return cycles;
}
