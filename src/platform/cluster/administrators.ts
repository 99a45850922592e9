/**
 * Roles by a name of their own, made of the last part of the ARN and a short sum of the whole. The ARN alone ties a role
 * to its access entry: a role that leaves the list must not change the entries of the others, whatever they are called.
 */
export const administratorNames = (arns: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    arns
      .map((arn) => [`${slug(arn.slice(arn.lastIndexOf('/') + 1))}-${sumOf(arn)}`, arn] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** A letter, then letters, digits and single hyphens. (In a field path, digits alone would be a place in a list.) */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .replace(/^(?![a-z])/, 'role-')
    .slice(0, 40)
    .replace(/-$/, '');

/** FNV-1a, 64 bits, as eleven letters and digits at least: http://www.isthe.com/chongo/tech/comp/fnv/ */
function sumOf(text: string): string {
  let sum = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return sum.toString(36).slice(0, 8).padStart(8, '0');
}
