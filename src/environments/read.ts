import type { Environment } from '#model/environment/environment.ts';
import type { Checked, Finding } from '#model/finding.ts';
import type { Locate } from '#model/origin.ts';
import { within } from '#model/pointer.ts';
import { type Suggest, suggester } from '#model/suggest.ts';
import { type ReadFile, resolveExtends } from './extends/resolve.ts';
import { finding, sorted, startOf } from './finding.ts';
import { judgeEnvironment, judgePart } from './judge.ts';
import { type Kind, kindOf } from './kind.ts';
import { checkMeaning } from './meaning/check.ts';
import type { Meaning } from './meaning/meaning.ts';
import { locator, places } from './place.ts';
import type { SourceFile } from './source.ts';
import type { Mapping } from './tree.ts';
import { parseYaml } from './yaml/parse.ts';

/**
 * The environments' files -> environments that can be relied on.
 *
 * Input: every file of the environments' folder, environments and bases, as text. Output: each environment
 * with `extends` resolved and defaults filled in, and every finding of every file, each once, by file and line.
 * Steps: YAML -> tree with positions; `extends`; schema; meaning.
 * Guarantees: pure; never throws, whatever the text; time and memory are bounded by `LIMITS`; an environment
 * with an error, its own or an inherited one, is not among the results.
 */

/** An environment without errors, and where each of its values was set. */
export interface LoadedEnvironment {
  /** Path of the environment's own file. */
  readonly file: string;
  readonly environment: Environment;
  /** Takes pointers such as `/spec/databases/bookings/tier`. */
  readonly locate: Locate;
}

/** An environment on its way: `findings` are those that keep it from being loaded, if any is an error. */
interface Candidate {
  readonly file: string;
  readonly tree: Mapping;
  readonly findings: readonly Finding[];
  readonly meaning: Meaning;
}

/**
 * `value` is undefined where there is no environment at all, or none that could be read.
 *
 * @param today `2026-11-23`: what expires is judged by it. Left out, nothing has expired: files of the past are read so.
 */
export function readEnvironments(
  files: readonly SourceFile[],
  today?: string,
): Checked<readonly LoadedEnvironment[]> {
  const suggest = suggester();
  const byPath = new Map<string, ReadFile & { readonly kind?: Kind }>();
  const ownFindings = new Map<string, readonly Finding[]>();
  for (const file of files) {
    const { kind, tree, findings } = readOne(file, suggest);
    byPath.set(file.path, { path: file.path, ...(tree && { tree }), ...(kind && { kind }) });
    ownFindings.set(file.path, findings);
  }

  const candidates: Candidate[] = [];
  const findings: Finding[] = [...ownFindings.values()].flat();
  const extended = new Set<string>();
  for (const { path, tree: own, kind } of byPath.values()) {
    if (own === undefined || kind === undefined) continue;
    const { value: resolved, findings: unresolved } = resolveExtends(path, byPath, suggest);
    const bases = resolved?.bases ?? [];
    for (const base of bases) extended.add(base);
    if (kind === 'EnvironmentBase' || resolved?.tree === undefined) {
      findings.push(...unresolved, ...judgePart(kind, own, suggest));
      continue;
    }
    const judged = judgeEnvironment(path, resolved.tree, suggest, today);
    findings.push(...unresolved, ...judged.findings);
    if (judged.meaning === undefined) continue;
    const inherited = [path, ...bases].flatMap((file) => ownFindings.get(file) ?? []);
    candidates.push({
      file: path,
      tree: resolved.tree,
      meaning: judged.meaning,
      findings: [...inherited, ...unresolved, ...judged.findings],
    });
  }

  const meant = checkMeaning(candidates.map(({ meaning }) => meaning));
  const loaded = candidates
    .filter((candidate, index) => !hasError([...candidate.findings, ...(meant[index] ?? [])]))
    .map(({ file, tree, meaning }) => ({ file, environment: meaning.environment, locate: locator(tree) }));
  const kinds = [...byPath.values()].map(({ kind }) => kind);
  const isEmpty = !kinds.includes('Environment');
  findings.push(...meant.flat(), ...unusedBases(byPath.values(), extended));
  if (isEmpty && !hasError(findings)) findings.push(finding('environment-none-found', '', undefined, {}));
  return { value: isEmpty ? undefined : loaded, findings: sorted(withoutEchoes(findings)) };
}

function readOne(
  file: SourceFile,
  suggest: Suggest,
): { readonly kind?: Kind; readonly tree?: Mapping; readonly findings: readonly Finding[] } {
  if ('unreadable' in file) {
    const args = { reason: file.unreadable };
    return { findings: [finding('environment-unreadable', '', startOf(file.path), args)] };
  }
  const { value: tree, findings } = parseYaml(file.path, file.text, suggest);
  if (tree === undefined) return { findings };
  const kind = kindOf(tree, suggest);
  return { tree, findings: [...findings, ...kind.findings], ...(kind.value && { kind: kind.value }) };
}

const hasError = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error');

/** A base that nobody extends is judged by nobody's requirements, and probably a slip. */
const unusedBases = (
  files: Iterable<ReadFile & { readonly kind?: Kind }>,
  extended: ReadonlySet<string>,
): readonly Finding[] =>
  [...files].flatMap(({ path, tree, kind }) =>
    tree === undefined || kind !== 'EnvironmentBase' || extended.has(path)
      ? []
      : [finding('environment-unused-base', '/kind', places(tree).value('/kind'), {}, 'warning')],
  );

/**
 * One line, one finding: where the schema objects to a value that could mean two things it says which one is
 * wanted, and a field that is there but empty is not missing.
 */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const place = ({ origin }: Finding) => `${origin?.file}:${origin?.line}:${origin?.column}`;
  // Only an error says enough: a warning at the same place must not swallow one.
  const objected = new Set(
    findings
      .filter(({ code, severity }) => code !== 'environment-ambiguous-scalar' && severity === 'error')
      .map(place),
  );
  const empty = new Set(
    findings.filter(({ code }) => code === 'environment-nothing-to-remove').map(({ pointer }) => pointer),
  );
  return findings.filter((one) => {
    if (one.code === 'environment-ambiguous-scalar') return !objected.has(place(one));
    if (one.code !== 'environment-missing-field') return true;
    return !empty.has(within(one.pointer ?? '', one.args.field));
  });
}
