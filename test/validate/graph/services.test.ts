import { expect, it } from 'vitest';
import { cases, deployment, found, object, type Row, told } from './tideline.ts';

const service = (port: string, app = 'web', spec = '') =>
  object('v1', 'Service', 'web', `spec: { ${spec}selector: { app: ${app} }, ports: [{ ${port} }] }`);
const web = deployment(
  'web',
  'containers: [{ name: main, image: tideline/web, ports: [{ name: main, containerPort: 8080 }] }]',
);
const missing = (severity: string, field = 'targetPort') => [
  `${severity} service-port-missing Service/web /spec/ports/0/${field}`,
];
const nothing = (severity: string) => [`${severity} selector-matches-nothing Service/web /spec/selector`];

const rows: readonly Row[] = [
  ['a port by its name', [web, service('port: 80, targetPort: main')]],
  ['a port by its number', [web, service('port: 80, targetPort: 8080')]],
  ['a name that no container has', [web, service('port: 80, targetPort: mian')], missing('error')],
  ['a number that no container has', [web, service('port: 80, targetPort: 8081')], missing('warning')],
  ['no targetPort: the port itself', [web, service('port: 80')], missing('warning', 'port')],
  ['no targetPort of a Service without an address', [web, service('port: 80', 'web', 'clusterIP: None, ')]],
  [
    'a name of another protocol',
    [web, service('port: 80, targetPort: main, protocol: UDP')],
    missing('error'),
  ],
  ['a container that declares no ports', [deployment('web'), service('port: 80, targetPort: 8080')]],
  [
    'a port of a sidecar that lasts',
    [
      deployment(
        'web',
        'initContainers: [{ name: proxy, image: tideline/proxy, restartPolicy: Always, ports: [{ name: mesh, containerPort: 15000 }] }], containers: [{ name: main, image: tideline/web }]',
      ),
      service('port: 80, targetPort: mesh'),
    ],
  ],
  ['labels that no pods have', [web, service('port: 80, targetPort: main', 'wbe')], nothing('error')],
  ['pods that somebody else may make', [service('port: 80')], nothing('warning')],
  [
    'pods that an operator may make',
    [web, object('monitoring.coreos.com/v1', 'Prometheus', 'harbour'), service('port: 80', 'prometheus')],
    nothing('warning'),
  ],
  [
    'pods in a namespace that a chart goes to',
    [
      web,
      '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: harbour, namespace: argocd }, spec: { project: default, source: { repoURL: https://charts.example, chart: harbour, targetRevision: 1.0.0 }, destination: { name: in-cluster, namespace: tideline } } }',
      service('port: 80', 'harbour'),
    ],
  ],
  [
    'pods of another namespace',
    [web.replace('namespace: tideline', 'namespace: harbour'), service('port: 80, targetPort: main')],
    nothing('warning'),
  ],
  [
    'no selector: endpoints of its own',
    [web, object('v1', 'Service', 'web', 'spec: { ports: [{ port: 80 }] }')],
  ],
  [
    'the name of something outside',
    [web, service('port: 80', 'wbe', 'type: ExternalName, externalName: ship.example, ')],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});

it('names the nearest there is', () => {
  expect(found(web, service('port: 80, targetPort: mian'))).toMatchObject([
    { args: { port: 'mian', ports: ['main'], similar: 'main' }, origin: { file: 'ship.yaml', line: 3 } },
  ]);
  expect(found(web, service('port: 80, targetPort: main', 'wbe'))).toMatchObject([
    { args: { similar: 'app=web' } },
  ]);
});
