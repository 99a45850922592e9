import {
  IntOrString,
  KubeNetworkPolicy,
  type NetworkPolicyEgressRule,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
} from 'cdk8s-plus-30/lib/imports/k8s.js';
import { SYSTEM_NAMESPACE } from '#model/names.ts';
import type { Peer, Ports, TrafficRule } from '#model/traffic.ts';
import type { Workload } from '#model/workload.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** Refuses all traffic of pods that no other policy speaks of. */
export function defaultDeny(folder: Folder, namespace: string, pointer: string): void {
  folder.add(
    KubeNetworkPolicy,
    {
      metadata: metadata({ name: 'default-deny', namespace }, { wave: 'namespaces' }),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    { pointer },
  );
}

/** What a service's pods may connect to, and who may connect to them. */
export function networkPolicy(folder: Folder, workload: Workload): void {
  const { name, namespace, labels, selector, traffic, pointer } = workload;
  const peer = (end: Peer): NetworkPolicyPeer =>
    'cidr' in end
      ? { ipBlock: { cidr: end.cidr } }
      : { podSelector: { matchLabels: { ...selector, 'app.kubernetes.io/name': end.service } } };
  const peers = (rule: TrafficRule) => rule.peers.map(peer);
  folder.add(
    KubeNetworkPolicy,
    {
      metadata: metadata({ name, namespace, labels }, { wave: 'reachable' }),
      spec: {
        podSelector: { matchLabels: { ...selector } },
        policyTypes: ['Ingress', 'Egress'],
        ...(traffic.ingress.length === 0
          ? {}
          : { ingress: traffic.ingress.map((rule) => ({ from: peers(rule), ports: ports(rule.ports) })) }),
        egress: [DNS, ...traffic.egress.map((rule) => ({ to: peers(rule), ports: ports(rule.ports) }))],
      },
    },
    {
      pointer,
      fields: () =>
        Object.fromEntries([
          ...traffic.ingress.map((rule, index) => [`/spec/ingress/${index}`, rule.pointer]),
          // The first way out is to DNS.
          ...traffic.egress.map((rule, index) => [`/spec/egress/${index + 1}`, rule.pointer]),
        ]),
    },
  );
}

const ports = (ranges: readonly Ports[]): NetworkPolicyPort[] =>
  ranges.map(({ port, endPort }) => ({
    protocol: 'TCP',
    port: IntOrString.fromNumber(port),
    ...(endPort === undefined ? {} : { endPort }),
  }));

const DNS: NetworkPolicyEgressRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': SYSTEM_NAMESPACE } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: IntOrString.fromNumber(53) },
    { protocol: 'TCP', port: IntOrString.fromNumber(53) },
  ],
};
