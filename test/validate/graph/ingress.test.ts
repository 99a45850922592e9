import { expect, it } from 'vitest';
import { cases, deployment, found, global, object, type Row, told } from './tideline.ts';

const web = deployment(
  'web',
  'containers: [{ name: main, image: tideline/web, ports: [{ name: main, containerPort: 8080 }] }]',
);
const service = object(
  'v1',
  'Service',
  'web',
  'spec: { selector: { app: web }, ports: [{ name: main, port: 80, targetPort: main }] }',
);
const backend = (port: string, name = 'web') => `backend: { service: { name: ${name}, port: { ${port} } } }`;
const ingress = (
  port: string,
  { name = 'web', to = 'web', host = 'ship.tideline.example', spec = '', annotations = '' } = {},
) =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    name,
    `spec: { ${spec}rules: [{ ${host === '' ? '' : `host: ${host}, `}http: { paths: [{ path: /, pathType: Prefix, ${backend(port, to)} }] } }] }`,
    annotations === '' ? '' : `annotations: { ${annotations} }`,
  );
const at = (what: string, place: string) => [`error ${what} Ingress/web /spec/rules/0/http/paths/0/${place}`];
const twice = ['error ingress-route-duplicate Ingress/web-too /spec/rules/0/http/paths/0'];

const rows: readonly Row[] = [
  ['a port by its number', [web, service, ingress('number: 80')]],
  ['a port by its name', [web, service, ingress('name: main')]],
  [
    'a number that the Service does not have',
    [web, service, ingress('number: 8080')],
    at('ingress-port-missing', 'backend/service/port/number'),
  ],
  [
    'a name that the Service does not have',
    [web, service, ingress('name: mian')],
    at('ingress-port-missing', 'backend/service/port/name'),
  ],
  [
    'a Service that is not there',
    [web, service, ingress('number: 80', { to: 'wbe' })],
    at('reference-missing', 'backend/service/name'),
  ],
  ['an action in an annotation', [web, service, ingress('name: use-annotation', { to: 'to-https' })]],
  [
    'a default that is not there',
    [
      web,
      service,
      object(
        'networking.k8s.io/v1',
        'Ingress',
        'web',
        `spec: { default${backend('number: 80', 'wbe').replace('b', 'B')} }`,
      ),
    ],
    ['error reference-missing Ingress/web /spec/defaultBackend/service/name'],
  ],
  [
    'one path of one host twice',
    [web, service, ingress('number: 80'), ingress('number: 80', { name: 'web-too' })],
    twice,
  ],
  [
    'one path of two hosts',
    [
      web,
      service,
      ingress('number: 80'),
      ingress('number: 80', { name: 'web-too', host: 'crew.tideline.example' }),
    ],
  ],
  [
    'one path of no host twice',
    [web, service, ingress('number: 80', { host: '' }), ingress('number: 80', { name: 'web-too', host: '' })],
  ],
  [
    'one path of one host in two classes',
    [
      ...[
        web,
        service,
        ingress('number: 80'),
        ingress('number: 80', { name: 'web-too', spec: 'ingressClassName: inner, ' }),
      ],
      global('networking.k8s.io/v1', 'IngressClass', 'inner'),
    ],
  ],
  [
    'a canary',
    [
      ...[web, service, ingress('number: 80')],
      ingress('number: 80', { name: 'web-too', annotations: 'nginx.ingress.kubernetes.io/canary: "true"' }),
    ],
  ],
  [
    'a class that is not there',
    [
      web,
      service,
      global('networking.k8s.io/v1', 'IngressClass', 'alb'),
      ingress('number: 80', { spec: 'ingressClassName: abl, ' }),
    ],
    ['error reference-missing Ingress/web /spec/ingressClassName'],
  ],
  [
    'a class that somebody else may make',
    [web, service, ingress('number: 80', { spec: 'ingressClassName: alb, ' })],
    ['warning reference-missing Ingress/web /spec/ingressClassName'],
  ],
  [
    'a certificate that nothing makes',
    [
      web,
      service,
      ingress('number: 80', { spec: 'tls: [{ hosts: [ship.tideline.example], secretName: ship-tls }], ' }),
    ],
    ['warning reference-missing Ingress/web /spec/tls/0/secretName'],
  ],
  [
    'a certificate that cert-manager makes',
    [
      ...[web, service],
      ingress('number: 80', {
        spec: 'tls: [{ hosts: [ship.tideline.example], secretName: ship-tls }], ',
        annotations: 'cert-manager.io/cluster-issuer: harbour',
      }),
    ],
  ],
];

it.each(cases(rows))('$title', ({ documents, findings }) => {
  expect(told(...documents)).toEqual(findings);
});

it('names the other place of a path', () => {
  expect(
    found(web, service, ingress('number: 80'), ingress('number: 80', { name: 'web-too' })),
  ).toMatchObject([
    { args: { host: 'ship.tideline.example', path: '/', other: expect.stringMatching(/^ship\.yaml:5:/) } },
  ]);
});
