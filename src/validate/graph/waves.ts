import { PLATFORM_GROUP } from '#model/names.ts';
import { at, entries, type Field, items, textOf } from '../builtin/field.ts';
import { configurationOf } from './configuration.ts';
import { customKindsOf } from './custom-kinds.ts';
import type { Document, Documents } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { isBefore, type Turn } from './order.ts';
import { secretReferences } from './secret-stores.ts';
import { secretsOf } from './secrets.ts';

/**
 * Waves and references agree: a wave ends when all in it is healthy, so what waits for something of a later wave
 * waits for ever. https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function waves(graph: Graph, report: Report, turns: ReadonlyMap<Document, Turn>): void {
  const check = (document: Document, needed: Document | undefined) => {
    const turn = turns.get(document);
    const other = needed && turns.get(needed);
    if (turn === undefined || other === undefined || !isBefore(turn, other, turns)) return;
    const isSame = turn.application === other.application;
    report(document, at(document.root, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave'), {
      code: 'wave-too-late',
      args: {
        needs: `${needed?.manifest.object.kind} ${needed?.name}`,
        wave: isSame ? turn.wave : turn.applicationWave,
        later: isSame ? other.wave : other.applicationWave,
        ...(isSame ? {} : { application: other.application.name }),
      },
    });
  };
  const { documents } = graph;
  const kindsOf = once(customKindsOf);
  const secretsIn = once(secretsOf);
  // Argo CD is there before its Applications are.
  const ofArgo = new Set(documents.of('Application.argoproj.io').map(({ namespace }) => namespace));
  for (const document of turns.keys()) {
    const around = graph.around(document);
    if (document.namespace !== '' && !ofArgo.has(document.namespace))
      check(document, around.find('Namespace', '', document.namespace));
    check(document, kindsOf(around).get(document.kind));
    for (const { kind, field } of REFERENCES[document.kind]?.(document.root) ?? [])
      check(document, around.find(kind, document.namespace, textOf(field)));
    for (const { kind, namespace, field } of secretReferences(document))
      check(document, around.find(kind, namespace ?? '', textOf(field)));
  }
  for (const [application, cluster] of registered(graph)) arrives(application, cluster, turns, report);
  for (const pods of graph.pods.all) {
    const { document, spec } = pods;
    const around = graph.around(document);
    const find = (kind: string, field: Field) => around.find(kind, document.namespace, textOf(field));
    check(document, find('ServiceAccount', at(spec, 'serviceAccountName')));
    check(
      document,
      around.find('PriorityClass.scheduling.k8s.io', '', textOf(at(spec, 'priorityClassName'))),
    );
    for (const { kind, name } of configurationOf(pods)) {
      // A Secret is there when what makes it is healthy.
      const maker = kind === 'Secret' ? secretsIn(around).find(document.namespace, textOf(name)) : undefined;
      check(document, maker?.document ?? find(kind, name));
    }
    for (const volume of items(at(spec, 'volumes')))
      check(document, find('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim', 'claimName')));
  }
}

/** Each cluster's documents are looked through once. */
function once<T>(of: (documents: Documents) => T): (documents: Documents) => T {
  const known = new Map<Documents, T>();
  return (documents) => {
    const value = known.get(documents) ?? of(documents);
    known.set(documents, value);
    return value;
  };
}

/** Applications that go to a cluster which a claim of the same Argo CD makes, with the claim. */
function registered({ documents }: Graph): readonly (readonly [application: Document, claim: Document])[] {
  const claims = new Map(
    documents
      .of(`KubernetesCluster.${PLATFORM_GROUP}`)
      .map((claim) => [textOf(at(claim.root, 'spec', 'argoCd', 'name')), claim]),
  );
  return documents.of('Application.argoproj.io').flatMap((application) => {
    const name = textOf(at(application.root, 'spec', 'destination', 'name'));
    const claim = name === '' ? undefined : claims.get(name);
    return claim === undefined ? [] : [[application, claim] as const];
  });
}

/** Argo CD knows the cluster when the claim is ready: whatever goes there earlier fails until then. */
function arrives(
  application: Document,
  claim: Document,
  turns: ReadonlyMap<Document, Turn>,
  report: Report,
): void {
  const [own, other] = [turns.get(application), turns.get(claim)];
  if (own === undefined || other === undefined) return;
  const isSameRoot = turns.get(other.application)?.application === own.application;
  if (!isSameRoot || own.wave > other.applicationWave) return;
  report(application, at(application.root, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave'), {
    code: 'wave-too-late',
    args: {
      needs: `${claim.manifest.object.kind} ${claim.name}`,
      wave: own.wave,
      later: other.applicationWave,
      application: other.application.name,
    },
  });
}

interface Named {
  readonly kind: string;
  readonly field: Field;
}

/** What else a kind can't become healthy without. */
const REFERENCES: Readonly<Record<string, (root: Field) => readonly Named[]>> = {
  PersistentVolumeClaim: (root) => [
    { kind: 'StorageClass.storage.k8s.io', field: at(root, 'spec', 'storageClassName') },
  ],
  'Ingress.networking.k8s.io': (root) => [
    { kind: 'IngressClass.networking.k8s.io', field: at(root, 'spec', 'ingressClassName') },
    ...items(at(root, 'spec', 'rules'))
      .flatMap((rule) => items(at(rule, 'http', 'paths')))
      .map((path) => ({ kind: 'Service', field: at(path, 'backend', 'service', 'name') })),
  ],
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': (root) => [
    {
      kind: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
      field: at(root, 'spec', 'policyName'),
    },
  ],
  'Provider.pkg.crossplane.io': (root) => [
    {
      kind: 'DeploymentRuntimeConfig.pkg.crossplane.io',
      field: at(root, 'spec', 'runtimeConfigRef', 'name'),
    },
  ],
  'Application.argoproj.io': (root) => [
    { kind: 'AppProject.argoproj.io', field: at(root, 'spec', 'project') },
  ],
  // Of a service that no pod answers for, an APIService makes every discovery fail.
  'APIService.apiregistration.k8s.io': (root) =>
    entries(at(root, 'spec', 'service'))
      .filter(({ key }) => key === 'name')
      .map((field) => ({ kind: 'Service', field })),
};
