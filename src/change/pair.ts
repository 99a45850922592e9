import { identity } from '#manifests/identity.ts';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { leavesOf, likeness } from './likeness.ts';
import type { Resource } from './state.ts';

/**
 * Base and head -> which resource became which.
 *
 * A resource is known by its identity; a managed one by its claim and its name in the composition, for Crossplane names
 * it anew. Of what came and what went, two that are nearly the same are one that was renamed or moved: the pair that is
 * most alike first, each at most once, managed resources with their claims.
 */
export interface Pair {
  readonly before?: Resource;
  readonly after?: Resource;
}

export function pair(base: readonly Resource[], head: readonly Resource[]): readonly Pair[] {
  const former = new Map(base.map((resource) => [keyOf(resource), resource]));
  const pairs: Pair[] = [];
  const came: Resource[] = [];
  for (const after of head) {
    const key = keyOf(after);
    const before = former.get(key);
    if (before === undefined) came.push(after);
    else {
      former.delete(key);
      pairs.push({ before, after });
    }
  }
  const { renamed, rest } = renames([...former.values()], came);
  return [...pairs, ...renamed, ...rest];
}

function keyOf({ manifest, madeOf }: Resource): string {
  if (madeOf === undefined) return identity(manifest.object);
  const { apiVersion, kind, namespace = '', name } = madeOf.claim;
  return JSON.stringify([apiVersion.split('/')[0], kind, namespace, name, madeOf.entry]);
}

interface Renames {
  readonly renamed: readonly Pair[];
  readonly rest: readonly Pair[];
}

function renames(gone: readonly Resource[], came: readonly Resource[]): Renames {
  const partner = new Map<Resource, Resource>();
  const free = new Set(came);
  const match = (before: Resource, after: Resource) => {
    partner.set(before, after);
    free.delete(after);
  };
  for (const { before, after } of candidates(gone.filter(isOwn), came.filter(isOwn))) {
    if (!partner.has(before) && free.has(after)) match(before, after);
  }
  const claims = new Map(
    [...partner].map(([before, after]) => [
      identity(before.manifest.object),
      identity(after.manifest.object),
    ]),
  );
  const made = new Map(came.filter((one) => !isOwn(one)).map((one) => [keyOf(one), one]));
  for (const before of gone) {
    if (before.madeOf === undefined) continue;
    const { claim, entry } = before.madeOf;
    const successor = claims.get(identityOfSubject(claim));
    const after = [...made.values()].find(
      (one) => one.madeOf?.entry === entry && one.madeOf && identityOfSubject(one.madeOf.claim) === successor,
    );
    if (after !== undefined && free.has(after)) match(before, after);
  }
  return {
    renamed: [...partner].map(([before, after]) => ({ before, after })),
    rest: [
      ...gone.filter((one) => !partner.has(one)).map((before) => ({ before })),
      ...came.filter((one) => free.has(one)).map((after) => ({ after })),
    ],
  };
}

const isOwn = ({ madeOf }: Resource): boolean => madeOf === undefined;

const identityOfSubject = ({
  apiVersion,
  kind,
  namespace,
  name,
}: NonNullable<Resource['madeOf']>['claim']): string =>
  identity({ apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });

/** Nobody renames more of one kind at once; beyond that, what came and what went is told as such. */
const MOST = 200;
const NOTHING: ReadonlySet<string> = new Set();
/** How much of the content must be the same. */
const ALIKE = 0.7;

/** Pairs that may be one thing renamed, the likeliest first. */
function candidates(gone: readonly Resource[], came: readonly Resource[]): readonly Required<Pair>[] {
  const groups = new Map<string, { readonly gone: Resource[]; readonly came: Resource[] }>();
  const groupOf = ({ manifest: { object } }: Resource) => {
    const key = `${object.apiVersion.split('/')[0]} ${object.kind}`;
    const group = groups.get(key) ?? { gone: [], came: [] };
    groups.set(key, group);
    return group;
  };
  for (const one of gone) groupOf(one).gone.push(one);
  for (const one of came) groupOf(one).came.push(one);
  const scored = [...groups.values()].flatMap((group) => {
    if (group.gone.length * group.came.length > MOST * MOST) return [];
    const contents = new Map(
      [...group.gone, ...group.came].map((one) => [one, contentOf(one.manifest.object)]),
    );
    return group.gone.flatMap((before) =>
      group.came.flatMap((after) => {
        const alike = likeness(contents.get(before) ?? NOTHING, contents.get(after) ?? NOTHING);
        return alike < ALIKE ? [] : [{ before, after, score: alike + nameLikeness(before, after) }];
      }),
    );
  });
  return scored.sort((one, other) => other.score - one.score);
}

/** Every leaf of an object but what names it and what says who renders it. */
function contentOf({
  metadata,
  apiVersion: _version,
  kind: _kind,
  ...rest
}: KubernetesObject): ReadonlySet<string> {
  // The own name is written in labels, selectors and references, too: it's no difference.
  return leavesOf(rest, [metadata.name, ...(metadata.namespace === undefined ? [] : [metadata.namespace])]);
}

/** Below 0.1: tells apart what is equally alike by content. Moved (same name) before renamed (common beginning). */
function nameLikeness(before: Resource, after: Resource): number {
  const one = before.manifest.object.metadata;
  const other = after.manifest.object.metadata;
  if (one.name === other.name) return 0.099;
  let common = 0;
  while (common < one.name.length && one.name[common] === other.name[common]) common += 1;
  return (common / Math.max(one.name.length, other.name.length)) * 0.09;
}
