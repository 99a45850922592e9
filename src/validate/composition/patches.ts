import type { Finding } from '#model/finding.ts';
import { within } from '#model/pointer.ts';
import type { KindSchema } from '../schema/store.ts';
import { type FieldSchema, fieldSchema } from './field-schema.ts';
import { misfitOf } from './fit.ts';
import { formatProblems } from './formats.ts';
import type { PlacedPatch, PlacedPath } from './function-input.ts';
import type { JudgedEntry, Judging } from './judging.ts';
import { environmentRouteOf, routeOf, type Side } from './route.ts';
import { afterTransforms } from './transforms.ts';
import { ANYTHING, textValues, type Values, valuesOf } from './values.ts';

/**
 * Patches: they read what there is, write what there is, and what arrives is what the target takes.
 *
 * A patch of a patch set is judged for every resource that uses it. What is wrong for all of them is blamed on the
 * patch set, what is wrong for some on the lines where these use it (IAM knows no region).
 */
export function checkPatches(judging: Judging): readonly Finding[] {
  const environment = judging.input.environment.flatMap((patch) =>
    judgePatch(patch, environmentRouteOf(patch), undefined, judging),
  );
  // A patch of a patch set does to each resource of a kind the same.
  const judged = new Map<string, readonly Finding[]>();
  const judge = (patch: PlacedPatch, entry: JudgedEntry): readonly Finding[] => {
    const key = patch.set && `${entry.schema?.apiVersion} ${entry.schema?.kind} ${patch.pointer}`;
    const known = key === undefined ? undefined : judged.get(key);
    if (known !== undefined) return known;
    const findings = judgePatch(patch, routeOf(patch), entry, judging);
    if (key !== undefined) judged.set(key, findings);
    return findings;
  };
  const resources = judging.entries.flatMap((entry) =>
    entry.patches.flatMap((patch) => judge(patch, entry).map((finding) => ({ finding, patch }))),
  );
  return [...environment, ...blamed(resources, judging)];
}

interface PatchFinding {
  readonly finding: Finding;
  readonly patch: PlacedPatch;
}

function blamed(found: readonly PatchFinding[], { entries }: Judging): readonly Finding[] {
  const uses = new Map<string, number>();
  for (const { patches } of entries) {
    for (const { pointer, set } of patches)
      if (set !== undefined) uses.set(pointer, (uses.get(pointer) ?? 0) + 1);
  }
  const key = ({ code, pointer }: Finding) => `${code} ${pointer}`;
  const times = new Map<string, number>();
  for (const { finding } of found) times.set(key(finding), (times.get(key(finding)) ?? 0) + 1);
  const told = new Set<string>();
  return found.flatMap(({ finding, patch }) => {
    if (patch.set === undefined) return [finding];
    if ((times.get(key(finding)) ?? 0) < (uses.get(patch.pointer) ?? 0)) {
      return [{ ...finding, pointer: patch.set.use }];
    }
    if (told.has(key(finding))) return [];
    told.add(key(finding));
    return [finding];
  });
}

type Route = { readonly from: Side; readonly to: Side };

function judgePatch(
  placed: PlacedPatch,
  route: Route | undefined,
  entry: JudgedEntry | undefined,
  judging: Judging,
): readonly Finding[] {
  if (route === undefined) return [];
  const { patch, pointer, sources, target } = placed;
  const isCombine = placed.type.startsWith('Combine');
  const from = sources.map((path) => look(path, sideOf(route.from, entry, judging), judging));
  const to = look(target, sideOf(route.to, entry, judging), judging);
  const findings = [...from, to].flatMap((looked) => looked.findings);
  if (route.to === 'composite' && target.segments !== undefined && target.segments[0] !== 'status') {
    findings.push(placeFinding(target));
  }
  const arriving = from.map(({ field }) => valuesAt(field));
  const format = patch.combine?.string?.fmt;
  if (isCombine && format !== undefined) {
    const at = within(pointer, 'combine', 'string', 'fmt');
    findings.push(...formatProblems(format, arriving).map((finding) => ({ ...finding, pointer: at })));
  }
  const values = isCombine ? textValues() : (arriving[0] ?? ANYTHING);
  const after = afterTransforms(values, patch.transforms ?? [], sources[0]?.path ?? '');
  findings.push(
    ...after.findings.map((finding) => ({ ...finding, pointer: `${pointer}${finding.pointer}` })),
  );
  if (to.field?.is !== 'known' || to.kind === undefined) return findings;
  const misfit = misfitFinding(after.values, { ...to.kind, schema: to.field.schema }, target, judging);
  return misfit === undefined ? findings : [...findings, misfit];
}

const valuesAt = (field: FieldSchema | undefined): Values =>
  field?.is === 'known' ? valuesOf(field.schema) : ANYTHING;

const sideOf = (
  side: Side,
  entry: JudgedEntry | undefined,
  { composite }: Judging,
): KindSchema | undefined =>
  side === 'composite' ? composite : side === 'resource' ? entry?.schema : undefined;

interface Looked {
  readonly field: FieldSchema | undefined;
  readonly kind: KindSchema | undefined;
  readonly findings: readonly Finding[];
}

/** Where a path leads in a kind, and that it leads nowhere. What no schema is known for has its syntax judged. */
export function look(
  { path, pointer, segments, problem }: PlacedPath,
  kind: KindSchema | undefined,
  { store, suggest }: Judging,
): Looked {
  if (segments === undefined || segments.length === 0) {
    const args = { path, problem: problem ?? 'it is empty' };
    const finding: Finding = { code: 'composition-path-syntax', severity: 'error', pointer, args };
    return { field: undefined, kind, findings: [finding] };
  }
  if (kind === undefined) return { field: undefined, kind, findings: [] };
  const field = fieldSchema(kind, segments, store, suggest);
  if (field.is !== 'none') return { field, kind, findings: [] };
  const { field: missing, similar } = field;
  const args = { path, field: missing, kind: kind.kind, ...(similar === undefined ? {} : { similar }) };
  return {
    field,
    kind,
    findings: [{ code: 'composition-path-unknown', severity: 'error', pointer, args }],
  };
}

const placeFinding = ({ path, pointer }: PlacedPath): Finding => ({
  code: 'composition-report-place',
  severity: 'error',
  pointer,
  args: { path },
});

function misfitFinding(
  values: Values,
  target: KindSchema,
  { path, pointer }: PlacedPath,
  { store }: Judging,
): Finding | undefined {
  const misfit = misfitOf(values, target, store);
  const { kind } = target;
  switch (misfit?.is) {
    case undefined:
      return undefined;
    case 'value': {
      const { found, allowed } = misfit;
      const args = { path, kind, found, allowed };
      return { code: 'composition-value', severity: 'error', pointer, args };
    }
    case 'field': {
      const field = `${path}${misfit.below}`;
      return { code: 'composition-path-unknown', severity: 'error', pointer, args: { path, field, kind } };
    }
    case 'type': {
      const { below, expected, found, isDoubtful } = misfit;
      const args = { path: `${path}${below}`, kind, expected, found };
      return { code: 'composition-type', severity: isDoubtful ? 'warning' : 'error', pointer, args };
    }
  }
}
