import { groupOf, identity } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';

/** What a chart rendered -> what goes to `dist/`: with its namespace, without Helm's tests, and with what must stay. */

export type ScopeOf = (apiVersion: string, kind: string) => 'Namespaced' | 'Cluster' | undefined;

const HOOK = 'helm.sh/hook';
/** https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource */
const RESOURCE_POLICY = 'helm.sh/resource-policy';
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

export function delivered(rendered: readonly Manifest[], namespace: string, scopeOf: ScopeOf) {
  const objects = rendered.map(({ object }) => object);
  const scope = scopesWith(objects, scopeOf);
  return objects
    .filter((object) => !hooksOf(object).some((hook) => hook.startsWith('test')))
    .map((object) => kept(placed(object, namespace, scope(object))))
    .sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

/** Kinds of objects, by whether they are in a namespace. */
export function kindsOf(objects: readonly KubernetesObject[], scopeOf: ScopeOf) {
  const scope = scopesWith(objects, scopeOf);
  const kinds = (wanted: 'Namespaced' | 'Cluster') =>
    objects
      .filter((object) => (scope(object) ?? wanted) === wanted)
      .map(({ apiVersion, kind }) => ({ group: groupOf(apiVersion), kind }))
      .sort((a, b) => (a.kind < b.kind ? -1 : Number(a.kind > b.kind)));
  return { cluster: kinds('Cluster'), namespaced: kinds('Namespaced') };
}

/** Phases of Helm in which an object is made; Argo CD knows most of them. */
export const hooksOf = ({ metadata }: KubernetesObject): readonly string[] =>
  (metadata.annotations?.[HOOK] ?? '')
    .split(',')
    .map((hook) => hook.trim())
    .filter((hook) => hook !== '');

/** Helm and Argo CD put what names no namespace into that of the release. */
const placed = (object: KubernetesObject, namespace: string, scope: ReturnType<ScopeOf>): KubernetesObject =>
  scope === 'Namespaced' && object.metadata.namespace === undefined
    ? { ...object, metadata: { ...object.metadata, namespace } }
    : object;

const LASTING: ReadonlySet<string> = new Set([
  'CustomResourceDefinition.apiextensions.k8s.io',
  'PersistentVolumeClaim.',
]);

/** Kept when nobody asks for it any more: with a CRD go all objects of its kind, with a volume its data. */
const isLasting = ({ apiVersion, kind, metadata }: KubernetesObject): boolean =>
  LASTING.has(`${kind}.${groupOf(apiVersion)}`) ||
  metadata.annotations?.[RESOURCE_POLICY]?.trim().toLowerCase() === 'keep';

/** Never pruned, whatever else the chart wants of Argo CD: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
function kept(object: KubernetesObject): KubernetesObject {
  if (!isLasting(object)) return object;
  const { annotations } = object.metadata;
  const own = (annotations?.[SYNC_OPTIONS] ?? '')
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '' && !/^(Prune|Delete)=/.test(option));
  const options = [...own, 'Prune=false', 'Delete=false'].join(',');
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...annotations, [SYNC_OPTIONS]: options } },
  };
}

/** Whether an object is in a namespace, by the kinds that the chart itself brings, or else as is known. */
function scopesWith(objects: readonly KubernetesObject[], scopeOf: ScopeOf) {
  const scopes = new Map<string, 'Namespaced' | 'Cluster'>();
  for (const object of objects) {
    if (object.kind !== 'CustomResourceDefinition') continue;
    const spec = mapOf(object['spec']);
    const scope = spec['scope'];
    if (scope === 'Namespaced' || scope === 'Cluster')
      scopes.set(`${mapOf(spec['names'])['kind']}.${spec['group']}`, scope);
  }
  return ({ apiVersion, kind }: KubernetesObject) =>
    scopes.get(`${kind}.${groupOf(apiVersion)}`) ?? scopeOf(apiVersion, kind);
}

/** Keys of a Secret that has any: what is in git is no secret. */
export const secretKeys = ({ apiVersion, kind, ...fields }: KubernetesObject): readonly string[] =>
  apiVersion === 'v1' && kind === 'Secret'
    ? [...Object.keys(mapOf(fields['data'])), ...Object.keys(mapOf(fields['stringData']))]
    : [];

const mapOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
