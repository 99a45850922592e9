import { expect, it } from 'vitest';
import { cases, deployment, global, object, type Row, told } from './tideline.ts';

const policy = (spec: string) => object('networking.k8s.io/v1', 'NetworkPolicy', 'web', `spec: { ${spec} }`);
const selecting = (app: string) => `podSelector: { matchLabels: { app: ${app} } }`;
const from = (peer: string) => policy(`podSelector: {}, ingress: [{ from: [{ ${peer} }] }]`);
const named = (name: string) =>
  `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;
const nothing = (place: string) => [`warning selector-matches-nothing NetworkPolicy/web /spec/${place}`];
const web = deployment('web');
const harbour = global('v1', 'Namespace', 'harbour');
const tideline = global('v1', 'Namespace', 'tideline');

const rows: readonly Row[] = [
  ['of pods', [web, policy(selecting('web'))]],
  ['of all pods', [policy('podSelector: {}')]],
  ['of no pods', [web, policy(selecting('wbe'))], nothing('podSelector')],
  ['from pods', [web, from(selecting('web'))]],
  ['from no pods', [web, from(selecting('wbe'))], nothing('ingress/0/from/0/podSelector')],
  [
    'to no pods',
    [web, policy(`podSelector: {}, egress: [{ to: [{ ${selecting('wbe')} }] }]`)],
    nothing('egress/0/to/0/podSelector'),
  ],
  [
    'from pods of another namespace',
    [
      harbour,
      tideline,
      web.replace('namespace: tideline', 'namespace: harbour'),
      from(`${named('harbour')}, ${selecting('web')}`),
    ],
  ],
  [
    'from no pods of another namespace',
    [harbour, tideline, web, from(`${named('harbour')}, ${selecting('web')}`)],
    nothing('ingress/0/from/0/podSelector'),
  ],
  ["to the cluster's own pods", [web, from(`${named('kube-system')}, ${selecting('dns')}`)]],
  [
    'from namespaces by labels that others may have',
    [web, from(`namespaceSelector: {}, ${selecting('wbe')}`)],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
