import { describe, expect, it, test } from 'vitest';
import { renderEnvironment } from '#charts/render.ts';
import { kindsOf } from '#helm/documents.ts';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { Environment } from '#model/environment/environment.ts';
import { releaseFolder } from '#model/release.ts';
import { releases } from '#model/releases.ts';
import { checkPruning, checkReferences } from '#validate/graph/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { at, objectsOf, production } from '../../charts/tideline.ts';
import { store } from '../schemas.ts';
import { global, object } from './tideline.ts';

/**
 * A project for each chart, which allows what the chart makes and no more. The charts of the sample come from elsewhere;
 * what each makes is told here from its templates, kind by kind, and put where a rendered chart would be.
 */
const schemas = store();
const scopeOf = (apiVersion: string, kind: string) => schemas.find(apiVersion, kind)?.scope;

/** By release: `kind group/version`. Of the templates with the values that the sample gives. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  crossplane: [
    'ClusterRole rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding rbac.authorization.k8s.io/v1',
    'Deployment apps/v1',
    'Secret v1',
    'Service v1',
    'ServiceAccount v1',
  ],
  'aws-load-balancer-controller': [
    'ClusterRole rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding rbac.authorization.k8s.io/v1',
    'CustomResourceDefinition apiextensions.k8s.io/v1',
    'Deployment apps/v1',
    'MutatingWebhookConfiguration admissionregistration.k8s.io/v1',
    'PodDisruptionBudget policy/v1',
    'Role rbac.authorization.k8s.io/v1',
    'RoleBinding rbac.authorization.k8s.io/v1',
    'Secret v1',
    'Service v1',
    'ServiceAccount v1',
    'ValidatingWebhookConfiguration admissionregistration.k8s.io/v1',
  ],
  'cluster-autoscaler': [
    'ClusterRole rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding rbac.authorization.k8s.io/v1',
    'Deployment apps/v1',
    'PodDisruptionBudget policy/v1',
    'Role rbac.authorization.k8s.io/v1',
    'RoleBinding rbac.authorization.k8s.io/v1',
    'Service v1',
    'ServiceAccount v1',
  ],
  'external-dns': [
    'ClusterRole rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding rbac.authorization.k8s.io/v1',
    'CustomResourceDefinition apiextensions.k8s.io/v1',
    'Deployment apps/v1',
    'Service v1',
    'ServiceAccount v1',
  ],
  'external-secrets': [
    'ClusterRole rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding rbac.authorization.k8s.io/v1',
    'CustomResourceDefinition apiextensions.k8s.io/v1',
    'Deployment apps/v1',
    'PodDisruptionBudget policy/v1',
    'Role rbac.authorization.k8s.io/v1',
    'RoleBinding rbac.authorization.k8s.io/v1',
    'Secret v1',
    'Service v1',
    'ServiceAccount v1',
    'ValidatingWebhookConfiguration admissionregistration.k8s.io/v1',
  ],
  'nvidia-device-plugin': ['DaemonSet apps/v1'],
};

/** One of a third party that Argo CD renders: its project allows more, for nobody knows at synth. */
const MADE_BY_OTHERS: typeof MADE = {
  'cloudwatch-exporter': [
    'ClusterRole rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding rbac.authorization.k8s.io/v1',
    'ConfigMap v1',
    'Deployment apps/v1',
    'Service v1',
    'ServiceAccount v1',
  ],
};

/** A chart that is rendered: kinds of Kubernetes and one that it brings, in a namespace and not. */
const TIDES = readManifestText(
  [
    object('v1', 'ConfigMap', 'tables'),
    object('batch/v1', 'Job', 'survey', '', 'annotations: { helm.sh/hook: pre-upgrade }'),
    global('rbac.authorization.k8s.io/v1', 'ClusterRole', 'tides'),
    global(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'gauges.tides.tideline.example',
      'spec: { group: tides.tideline.example, scope: Namespaced, names: { kind: Gauge, plural: gauges }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }] }',
    ),
    object('tides.tideline.example/v1', 'Gauge', 'harbour'),
  ]
    .join('\n---\n')
    .replaceAll('namespace: tideline', 'namespace: tides'),
  'chart',
).manifests.map(({ object: one }) => one);

const CHART = {
  repository: 'https://charts.tideline.example',
  chart: 'tide-tables',
  version: '1.4.0',
  namespace: 'tides',
  render: true,
};

const found = (manifests: readonly Manifest[]) =>
  checkReferences(manifests, withCrds(schemas, crdsIn(manifests, schemas).crds))
    .filter(({ code }) => /^application/.test(code))
    .map((finding) =>
      'found' in finding.args ? `${finding.code} ${String(finding.args.found)}` : finding.code,
    );

/** Production with a rendered chart, and what the other charts make. */
function withCharts(objects = TIDES, own: object = {}): readonly Manifest[] {
  const { environment, locate } = production;
  const charts = { ...environment.spec.charts, tides: { ...CHART, ...own } };
  const whole: Environment = { ...environment, spec: { ...environment.spec, charts } };
  const kinds = new Map([['tides', kindsOf(objects, scopeOf)]]);
  const manifests = renderEnvironment({ environment: whole, locate }, kinds).map(asFolder);
  const made = releases(whole).flatMap(({ name, namespace }) => [
    ...(name === 'tides' ? objects.map((one) => placed(name, one)) : []),
    ...[...(MADE[name] ?? []), ...(MADE_BY_OTHERS[name] ?? [])].map((kind) =>
      placed(name, one(kind, namespace)),
    ),
  ]);
  return [...manifests, ...POLICIES, ...made];
}

const placed = (release: string, one: Manifest['object']): Manifest => ({
  object: one,
  file: `production/${releaseFolder(release)}/${one.kind}-${one.metadata.name}.yaml`,
  locate: () => undefined,
});

function one(text: string, namespace: string): Manifest['object'] {
  const [kind = '', apiVersion = ''] = text.split(' ');
  const isOfCluster = scopeOf(apiVersion, kind) === 'Cluster';
  return { apiVersion, kind, metadata: { name: 'made', ...(isOfCluster ? {} : { namespace }) } };
}

/** Policies come from their own files. */
const POLICIES = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map(
  (kind): Manifest => ({
    ...placed('cluster', one(`${kind} admissionregistration.k8s.io/v1`, '')),
    file: `production/cluster/${kind}.yaml`,
  }),
);

/** An Application of a chart as one of a folder, so that the check sees what the chart makes. */
function asFolder(manifest: Manifest): Manifest {
  const { object: application } = manifest;
  const source = at(application, 'spec', 'source');
  if (application.kind !== 'Application' || at(source, 'chart') === undefined) return manifest;
  const repoURL = at(source, 'repoURL');
  const path = `dist/production/${application.metadata.name}`;
  const spec = { ...Object(application['spec']), source: { repoURL, path, directory: { recurse: true } } };
  return { ...manifest, object: { ...application, spec } };
}

test('what each chart makes is allowed', () => {
  expect(found(withCharts())).toEqual([]);
});

describe('one kind less', () => {
  const manifests = withCharts();
  const lists = manifests
    .filter(({ object: project }) => project.kind === 'AppProject')
    .flatMap((project) =>
      ['clusterResourceWhitelist', 'namespaceResourceWhitelist'].flatMap((list) =>
        entries(project, list).map((entry, index) => ({ project, list, entry, index })),
      ),
    );
  const isOfOthers = (project: Manifest) =>
    Object.keys(MADE_BY_OTHERS).some((name) => project.object.metadata.name === releaseFolder(name));

  it('fails, of any project: nothing is allowed that nobody makes', () => {
    const known = lists.filter(({ project }) => !isOfOthers(project));
    expect(known.length).toBeGreaterThan(50);
    const missed = known.filter(({ project, list, index }) => {
      const less = manifests.map((each) => (each === project ? without(project, list, index) : each));
      return !found(less).some((each) => each.startsWith('application-refused '));
    });
    expect(missed.map(({ project, entry }) => [project.object.metadata.name, entry])).toEqual([]);
  });
});

describe('a chart of a third party', () => {
  const third = objectsOf(withCharts(), 'AppProject').filter(({ metadata }) =>
    /^chart-(tides|external-.*)$/.test(metadata.name),
  );

  it.each(third.map((project) => [project.metadata.name, project] as const))(
    '%s goes nowhere but into its own namespace',
    (_, project) => {
      expect(at(project, 'spec', 'destinations')).toHaveLength(1);
      expect(JSON.stringify(at(project, 'spec'))).not.toMatch(
        /"\*"|argocd|crossplane|argoproj|upbound|plimsoll/,
      );
    },
  );

  it.each([
    ['an Application', object('argoproj.io/v1alpha1', 'Application', 'mine'), 'argocd', 2],
    ['a project', object('argoproj.io/v1alpha1', 'AppProject', 'mine'), 'argocd', 2],
    [
      'an Application in its own namespace',
      object('argoproj.io/v1alpha1', 'Application', 'mine'),
      'tides',
      1,
    ],
    ["a Secret among Argo CD's", object('v1', 'Secret', 'repo'), 'argocd', 1],
    ["a Secret among Crossplane's", object('v1', 'Secret', 'atlas-credentials'), 'crossplane-system', 1],
    ['a claim', object('platform.plimsoll.dev/v1alpha1', 'ValkeyCache', 'mine'), 'tides', 1],
    ['a namespace', global('v1', 'Namespace', 'mine'), '', 1],
    ['a role elsewhere', object('rbac.authorization.k8s.io/v1', 'Role', 'leader'), 'kube-system', 1],
  ])('can not make %s, though it renders it', (_, text, namespace, refusals) => {
    const [made] = readManifestText(
      text.replace('namespace: tideline', `namespace: ${namespace}`),
      'chart',
    ).manifests;
    if (made === undefined) throw new Error(text);
    const objects = [...TIDES, made.object];
    expect(found(withCharts(objects)).filter((each) => each.startsWith('application-refused'))).toHaveLength(
      refusals,
    );
  });

  it('reaches into another namespace where the environment says so', () => {
    const [role] = readManifestText(
      object('rbac.authorization.k8s.io/v1', 'Role', 'leader').replace('tideline', 'kube-system'),
      'chart',
    ).manifests;
    if (role === undefined) throw new Error('no role');
    expect(found(withCharts([...TIDES, role.object], { namespaces: ['kube-system'] }))).toEqual([]);
  });
});

describe('the last object of a kind', () => {
  const [, job] = TIDES;
  const rest = TIDES.filter((each) => each !== job);
  const left = (own?: object) =>
    checkPruning(withCharts(rest, own), job === undefined ? [] : [placed('tides', job)], schemas).map(
      ({ code, severity, subject }) => `${severity} ${code} ${subject?.name}`,
    );

  it('would be left behind by the project that loses the kind with it', () => {
    expect(left()).toEqual(['warning application-left-behind chart-tides']);
  });

  it('goes where the environment still allows the kind', () => {
    expect(left({ kinds: ['Job.batch'] })).toEqual([]);
  });
});

// The projects are our own, and of this form.
const entries = ({ object: project }: Manifest, list: string): readonly object[] =>
  (at(project, 'spec', list) as readonly object[] | undefined) ?? [];

function without(project: Manifest, list: string, index: number): Manifest {
  const spec = { ...Object(project.object['spec']), [list]: entries(project, list).toSpliced(index, 1) };
  return { ...project, object: { ...project.object, spec } };
}
