import type { KubernetesObject } from '#manifests/manifest.ts';
import type { FindingOf } from '#model/finding.ts';

/**
 * The Kubernetes objects in one document: itself, or a List's items. Input: JSON. Guarantees: an object is
 * returned only when it says what it is; everything else is a finding, or counted as empty.
 */

export interface FoundObject {
  readonly object: KubernetesObject;
  /** JSON pointer of the object in its document: empty, or `/items/3`. */
  readonly pointer: string;
}

export type IdentityFinding = FindingOf<'manifest-no-object'> | FindingOf<'manifest-identity'>;

export interface FoundObjects {
  readonly objects: readonly FoundObject[];
  /** Pointers are into the document. */
  readonly findings: readonly (IdentityFinding & { readonly pointer: string })[];
  /** Lists without items. */
  readonly empty: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Unwraps a document. Lists in lists are unwrapped too; the reader's bound on depth bounds the recursion. */
export function objectsOf(document: unknown): FoundObjects {
  const found = {
    objects: [] as FoundObject[],
    findings: [] as FoundObjects['findings'][number][],
    empty: 0,
  };
  collect(document, '', undefined, found);
  return found;
}

interface Found {
  readonly objects: FoundObject[];
  readonly findings: FoundObjects['findings'][number][];
  empty: number;
}

/** What a typed list (`DeploymentList`) says about items that do not say it themselves. */
interface ItemType {
  readonly apiVersion: string;
  readonly kind: string;
}

function collect(value: unknown, pointer: string, itemType: ItemType | undefined, found: Found): void {
  if (!isFields(value)) {
    const args = { found: describe(value) };
    found.findings.push({ code: 'manifest-no-object', severity: 'error', pointer, args });
    return;
  }
  const typed = itemType !== undefined && !('kind' in value) ? { ...itemType, ...value } : value;
  if (isList(typed)) {
    if (typed.items.length === 0) found.empty++;
    const type = itemTypeOf(typed);
    for (const [index, item] of typed.items.entries())
      collect(item, `${pointer}/items/${index}`, type, found);
    return;
  }
  const object = withoutNulls(typed);
  if (isKubernetesObject(object)) found.objects.push({ object, pointer });
  else found.findings.push(...identityFindings(typed, pointer));
}

/** `namespace: null` and the like are no fields to the API server; the rest of plimsoll need not know of them. */
function withoutNulls(value: Fields): Fields {
  const metadata = own(value, 'metadata');
  if (!isFields(metadata) || !Object.values(metadata).includes(null)) return value;
  const kept = Object.entries(metadata).filter(([, content]) => content !== null);
  return { ...value, metadata: Object.fromEntries(kept) };
}

/** The API machinery's own rule: anything with items is a list; by its name only, so that no CRD is mistaken. */
const isList = (value: Fields): value is Fields & { readonly kind: string; readonly items: unknown[] } =>
  typeof value['kind'] === 'string' && value['kind'].endsWith('List') && Array.isArray(own(value, 'items'));

function itemTypeOf(list: Fields & { readonly kind: string }): ItemType | undefined {
  const apiVersion = own(list, 'apiVersion');
  return list.kind === 'List' || typeof apiVersion !== 'string'
    ? undefined
    : { apiVersion, kind: list.kind.slice(0, -'List'.length) };
}

function identityFindings(value: Fields, pointer: string): FoundObjects['findings'] {
  const findings: FoundObjects['findings'][number][] = [];
  const refuse = (field: FindingOf<'manifest-identity'>['args']['field'], content: unknown) =>
    findings.push({
      code: 'manifest-identity',
      severity: 'error',
      pointer: `${pointer}/${field.replace('.', '/')}`,
      args: { field, found: describe(content) },
    });
  for (const field of ['apiVersion', 'kind'] as const) {
    if (!isText(own(value, field))) refuse(field, own(value, field));
  }
  const metadata = own(value, 'metadata');
  if (!isFields(metadata)) {
    refuse('metadata', metadata);
    return findings;
  }
  if (!isText(own(metadata, 'name'))) refuse('metadata.name', own(metadata, 'name'));
  const namespace = own(metadata, 'namespace');
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
    refuse('metadata.namespace', namespace);
  }
  return findings;
}

/** The check behind which the rest of the project may rely on the type. */
const isKubernetesObject = (value: Fields): value is KubernetesObject & Fields =>
  identityFindings(value, '').length === 0;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Own fields only: `constructor` and the like are no fields of a manifest that lacks them. */
const own = (value: Fields, field: string): unknown =>
  Object.hasOwn(value, field) ? value[field] : undefined;

/** A value's type in words. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}
