import { isDeepStrictEqual } from 'node:util';
import type { Checked, Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { pointerTo } from '#model/pointer.ts';
import { at, type Described, type DescribedEnvironment, described } from '../described.ts';
import { places } from '../place.ts';
import { readEnvironments } from '../read.ts';
import { child, data, keys, type Mapping, type Tree } from '../tree.ts';
import { placesIn } from '../yaml/lines.ts';
import {
  type Refusal,
  type Remarks,
  remarksAt,
  removeAt,
  type Spliced,
  setAt,
  withRemarks,
} from './splice.ts';

/**
 * Brings values into an environment's own file, so that the environment says what another one says, or what it said at
 * another time.
 *
 * Guarantees: pure; only the environment's own file changes, never a base that others share; of what the environments
 * come to nothing changes but what was asked for, and what was asked for does, or nothing is changed at all.
 */
export interface Brought {
  /** The environment's own file. */
  readonly path: string;
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** One value that became another; undefined where there is none. */
export interface Edit {
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Where it is written now; of what went, where it would be. */
  readonly origin: Origin;
}

/**
 * @param name Environment that is changed.
 * @param paths Below `spec`, each the keys to a value that it is to have as `from` has it.
 */
export function bring(
  now: Described,
  name: string,
  from: { readonly described: Described; readonly environment: string },
  paths: readonly (readonly string[])[],
): Checked<Brought> {
  const target = now.environments.get(name);
  const source = from.described.environments.get(from.environment);
  if (target === undefined || source === undefined) throw new Error('both environments must be there');
  const edits = paths.flatMap((path) => differences(at(target.tree, path), at(source.tree, path), path));
  let text = textIn(now, target.path);
  for (const edit of edits) {
    const made = edited(text, edit, now, name);
    if ('refused' in made) return refusal(target, text, edit, made);
    text = withRemarks(made.text, edit.path, remarksOf(from.described, source, edit.path));
  }
  const files = now.files.map((file) => (file.path === target.path ? { path: file.path, text } : file));
  const after = described(files);
  const missed = differences(target.tree, after.environments.get(name)?.tree, []).filter(
    // A map that is made on the way is no more than what is made in it.
    ({ path }) => !edits.some((edit) => path.every((key, index) => edit.path[index] === key)),
  );
  const isBrought = paths.every(
    (path) =>
      differences(at(after.environments.get(name)?.tree, path), at(source.tree, path), path).length === 0,
  );
  if (!isBrought || missed.length > 0 || !others(now, after, name)) return impossible(target, edits);
  const { findings } = readEnvironments(files);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { value: undefined, findings: errors };
  const { tree } = after.environments.get(name) ?? target;
  return { value: { path: target.path, text, edits: edits.map((edit) => told(edit, tree)) }, findings: [] };
}

interface Difference {
  readonly path: readonly string[];
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
}

/** As deep as both have maps: what else is there is replaced whole. */
export function differences(
  before: Tree | undefined,
  after: Tree | undefined,
  path: readonly string[],
): readonly Difference[] {
  if (before?.kind === 'mapping' && after?.kind === 'mapping') {
    const names = new Set([...keys(before), ...keys(after)]);
    return [...names].flatMap((name) =>
      differences(child(before, name), child(after, name), [...path, name]),
    );
  }
  if (before === undefined && after === undefined) return [];
  const isSame = before !== undefined && after !== undefined && isDeepStrictEqual(data(before), data(after));
  return isSame ? [] : [{ path, before, after }];
}

/** A difference in words and places of the tree that it was made in. */
export function told({ path, before, after }: Difference, tree: Mapping): Edit {
  const pointer = pointerTo(...path);
  const origin = places(tree).value(pointer);
  return { pointer, before: before && data(before), after: after && data(after), origin };
}

/** What a base says already needs no word of its own; what it says otherwise is taken back with null. */
function edited(text: string, { path, after }: Difference, now: Described, name: string): Spliced {
  const removed = removeAt(text, path);
  const inherited = 'text' in removed ? at(withText(now, name, removed.text), path) : undefined;
  const isInherited = differences(inherited, after, path).length === 0;
  if (after === undefined && inherited !== undefined && 'text' in removed)
    return setAt(removed.text, path, null);
  return after === undefined || isInherited ? removed : setAt(text, path, data(after));
}

/** What the environment comes to with another text of its own. */
function withText(now: Described, name: string, text: string): Tree | undefined {
  const path = now.environments.get(name)?.path;
  const files = now.files.map((file) => (file.path === path ? { path: file.path, text } : file));
  return described(files).environments.get(name)?.tree;
}

/** Where the value is written there, be it in a base. */
function remarksOf(from: Described, source: DescribedEnvironment, path: readonly string[]): Remarks {
  const { file } = places(source.tree).value(pointerTo(...path));
  return remarksAt(textIn(from, file), path);
}

function textIn({ files }: Described, path: string): string {
  const file = files.find((one) => one.path === path);
  return file !== undefined && 'text' in file ? file.text : '';
}

const others = (before: Described, after: Described, name: string): boolean =>
  [...before.environments].every(
    ([other, { tree }]) =>
      other === name || differences(tree, after.environments.get(other)?.tree, []).length === 0,
  );

function refusal(
  { path }: DescribedEnvironment,
  text: string,
  { path: keysTo }: Difference,
  { refused, offset }: Extract<Spliced, { readonly refused: unknown }>,
): Checked<Brought> {
  return { value: undefined, findings: [refusedEdit(keysTo, refused, placesIn(path, text)(offset))] };
}

function impossible({ path, tree }: DescribedEnvironment, edits: readonly Difference[]): Checked<Brought> {
  const findings = edits.map((edit) => {
    const origin = places(tree).key(pointerTo(...edit.path));
    return refusedEdit(edit.path, 'entangled', origin.file === path ? origin : undefined);
  });
  return { value: undefined, findings };
}

const refusedEdit = (
  path: readonly string[],
  reason: Refusal | 'entangled',
  origin: Origin | undefined,
): Finding => ({
  code: 'edit-refused',
  severity: 'error',
  pointer: pointerTo(...path),
  ...(origin && { origin }),
  args: { path: path.join('.'), reason },
});
