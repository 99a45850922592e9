import { expect, it } from 'vitest';
import { cases, object, type Row, told } from './tideline.ts';

const claim = (kind: string, spec: string) =>
  object('platform.plimsoll.dev/v1alpha1', kind, 'fleet', `spec: { ${spec} }`);
const network = claim('Network', 'name: sea');
const missing = (severity: string, kind: string, field: string) => [
  `${severity} reference-missing ${kind}/fleet /spec/${field}`,
];
const database = claim('MongoDatabase', 'projectName: fleet, clusterName: bookings');

const rows: readonly Row[] = [
  ['a network', [network, claim('KubernetesCluster', 'name: fleet, networkName: sea')]],
  [
    'a network that is not there',
    [network, claim('KubernetesCluster', 'name: fleet, networkName: see')],
    missing('error', 'KubernetesCluster', 'networkName'),
  ],
  [
    'a network that somebody else may claim',
    [claim('KubernetesCluster', 'name: fleet, networkName: sea')],
    missing('warning', 'KubernetesCluster', 'networkName'),
  ],
  [
    'a cluster that is not there',
    [claim('KubernetesCluster', 'name: fleet'), claim('NodeGroup', 'clusterName: feet')],
    missing('error', 'NodeGroup', 'clusterName'),
  ],
  ['a database', [database, claim('MongoUser', 'projectName: fleet, clusterName: bookings')]],
  [
    'a database that is not there',
    [database, claim('MongoUser', 'projectName: fleet, clusterName: booking')],
    missing('error', 'MongoUser', 'clusterName'),
  ],
  ['users', [claim('ValkeyUser', 'userId: api'), claim('ValkeyCache', 'userIds: [api]')]],
  [
    'users of whom one is not there',
    [claim('ValkeyUser', 'userId: api'), claim('ValkeyCache', 'userIds: [api, web]')],
    missing('error', 'ValkeyCache', 'userIds/1'),
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});
