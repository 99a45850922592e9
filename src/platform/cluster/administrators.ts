/**
 * Roles by a name of their own, made of the last part of the ARN. The name, not the place in the list, ties a
 * role to its access entry: a role that leaves the list must not change the entries of the others.
 */
export function administratorNames(arns: readonly string[]): Readonly<Record<string, string>> {
  const named = new Map<string, string>();
  for (const arn of arns) {
    const base = slug(arn.slice(arn.lastIndexOf('/') + 1));
    let name = base;
    for (let count = 2; named.has(name); count += 1) name = `${base}-${count}`;
    named.set(name, arn);
  }
  return Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A letter, then letters, digits and single hyphens. (In a field path, digits alone would be a place in a list.) */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .replace(/^(?![a-z])/, 'role-')
    .slice(0, 50)
    .replace(/-$/, '');
