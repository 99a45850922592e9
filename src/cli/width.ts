/** Wide enough for a sentence and its place, where nobody says how wide: a pipe, or the log of a CI job. */
const UNTOLD = 120;

/**
 * How many columns text may take. What somebody asks for by COLUMNS comes before what the terminal has, as git and
 * POSIX have it: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function widthOf(
  env: Readonly<Record<string, string | undefined>>,
  terminal: number | undefined,
): number {
  const asked = env['COLUMNS'] ?? '';
  if (/^[1-9]\d{0,3}$/.test(asked)) return Number(asked);
  // Some terminals without a size tell 0.
  return terminal === undefined || terminal === 0 ? UNTOLD : terminal;
}
