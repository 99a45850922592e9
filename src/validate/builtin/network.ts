import {
  at,
  duplicate,
  exactlyOne,
  type Field,
  forbidden,
  invalid,
  isFilled,
  isGiven,
  items,
  numberOf,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
  unique,
  within,
} from './field.ts';
import {
  dnsLabel,
  host,
  labels,
  laxCidr,
  laxIp,
  pathSegment,
  port,
  portName,
  portReference,
  qualifiedName,
  serviceName,
  subdomain,
} from './forms.ts';
import { isWithin } from './ranges.ts';
import { labelSelector } from './selector.ts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
export function service(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const type = textOf(at(spec, 'type')) || 'ClusterIP';
  const isHeadless = at(spec, 'clusterIP').value === 'None';
  oneOf(report, at(spec, 'type'), ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
  labels(report, at(spec, 'selector'));
  servicePorts(report, spec, type, isHeadless);
  clusterAddress(report, spec, type, isHeadless);
  affinity(report, spec);
  traffic(report, spec, type);
  for (const address of items(at(spec, 'externalIPs'))) laxIp(report, address);
  if (type !== 'ExternalName') return;
  const name = at(spec, 'externalName');
  if (requireText(report, name)) subdomain(report, { ...name, value: textOf(name).replace(/\.$/, '') });
}

function servicePorts(report: Report, spec: Field, type: string, isHeadless: boolean): void {
  const field = at(spec, 'ports');
  const all = items(field);
  if (all.length === 0 && !isHeadless && type !== 'ExternalName') required(report, field);
  const seen = new Set<string>();
  for (const each of all) {
    const name = at(each, 'name');
    if (isFilled(name)) dnsLabel(report, name);
    else if (all.length > 1) required(report, name, 'there are several ports');
    const number = at(each, 'port');
    if (isFilled(number)) port(report, number);
    else invalid(report, number, 'port');
    oneOf(report, at(each, 'protocol'), PROTOCOLS);
    const target = at(each, 'targetPort');
    if (isFilled(target)) portReference(report, target);
    qualifiedName(report, at(each, 'appProtocol'));
    const nodePort = at(each, 'nodePort');
    if (isFilled(nodePort)) {
      if (type !== 'NodePort' && type !== 'LoadBalancer') forbidden(report, nodePort, `type is ${type}`);
      else nodePortOf(report, nodePort);
    }
    const protocol = textOf(at(each, 'protocol')) || 'TCP';
    const key = `${protocol} ${String(number.value)}`;
    if (seen.has(key)) duplicate(report, number, `${protocol} ports`);
    seen.add(key);
  }
  unique(
    report,
    all.map((each) => at(each, 'name')),
    textOf,
    'ports',
  );
  unique(
    report,
    all.map((each) => at(each, 'nodePort')).filter(isFilled),
    (field) => `${textOf(at(field.parent ?? field, 'protocol')) || 'TCP'} ${String(field.value)}`,
    'node ports',
  );
}

/** The range that the API server has unless it was told otherwise, which Amazon's never is. */
function nodePortOf(report: Report, field: Field): void {
  within(report, field, 30_000, 32_767);
}

function clusterAddress(report: Report, spec: Field, type: string, isHeadless: boolean): void {
  const address = at(spec, 'clusterIP');
  if (type === 'ExternalName' && isFilled(address)) forbidden(report, address, 'type is ExternalName');
  else if (isHeadless && (type === 'NodePort' || type === 'LoadBalancer'))
    forbidden(report, address, `type is ${type}`);
  else if (!isHeadless) laxIp(report, address);
  const policies = ['SingleStack', 'PreferDualStack', 'RequireDualStack'];
  oneOf(report, at(spec, 'ipFamilyPolicy'), policies);
  for (const family of items(at(spec, 'ipFamilies'))) oneOf(report, family, ['IPv4', 'IPv6'], 'required');
  unique(report, items(at(spec, 'ipFamilies')), textOf, 'families');
  if (type === 'ExternalName')
    for (const name of ['ipFamilyPolicy', 'ipFamilies', 'clusterIPs'])
      if (isFilled(at(spec, name))) forbidden(report, at(spec, name), 'type is ExternalName');
  const [first] = items(at(spec, 'clusterIPs'));
  if (first !== undefined && isFilled(address) && first.value !== address.value)
    invalid(report, first, 'one-value', 'the same as clusterIP');
  for (const other of items(at(spec, 'clusterIPs'))) if (other.value !== 'None') laxIp(report, other);
}

function affinity(report: Report, spec: Field): void {
  const kind = at(spec, 'sessionAffinity');
  oneOf(report, kind, ['ClientIP', 'None']);
  const config = at(spec, 'sessionAffinityConfig');
  // With any other affinity the API server drops it.
  if (textOf(kind) !== 'ClientIP') return;
  const seconds = at(config, 'clientIP', 'timeoutSeconds');
  const number = numberOf(seconds);
  if (number !== undefined && (number < 1 || number > 86_400))
    invalid(report, seconds, 'number-range', '1 to 86400');
}

function traffic(report: Report, spec: Field, type: string): void {
  const isBalanced = type === 'LoadBalancer';
  const external = at(spec, 'externalTrafficPolicy');
  if (isFilled(external) && type !== 'NodePort' && !isBalanced && items(at(spec, 'externalIPs')).length === 0)
    forbidden(report, external, `type is ${type}`);
  else oneOf(report, external, ['Cluster', 'Local']);
  oneOf(report, at(spec, 'internalTrafficPolicy'), ['Cluster', 'Local']);
  oneOf(report, at(spec, 'trafficDistribution'), ['PreferClose', 'PreferSameZone', 'PreferSameNode']);
  const health = at(spec, 'healthCheckNodePort');
  if (isFilled(health) && !(isBalanced && textOf(external) === 'Local'))
    forbidden(report, health, 'it needs type LoadBalancer and externalTrafficPolicy Local');
  else if (isFilled(health)) nodePortOf(report, health);
  const ranges = at(spec, 'loadBalancerSourceRanges');
  if (items(ranges).length > 0 && !isBalanced) forbidden(report, ranges, `type is ${type}`);
  for (const range of items(ranges)) laxCidr(report, { ...range, value: textOf(range).trim() });
  const className = at(spec, 'loadBalancerClass');
  if (isGiven(className)) {
    if (!isBalanced) forbidden(report, className, `type is ${type}`);
    qualifiedName(report, className);
  }
  const allocate = at(spec, 'allocateLoadBalancerNodePorts');
  if (isGiven(allocate) && !isBalanced) forbidden(report, allocate, `type is ${type}`);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/ */
export function ingress(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const rules = items(at(spec, 'rules'));
  const fallback = at(spec, 'defaultBackend');
  if (rules.length === 0 && !isGiven(fallback)) required(report, at(spec, 'rules'), 'or defaultBackend');
  if (isGiven(fallback)) backend(report, fallback);
  for (const rule of rules) {
    host(report, at(rule, 'host'));
    const http = at(rule, 'http');
    if (!isGiven(http)) continue;
    const paths = at(http, 'paths');
    if (items(paths).length === 0) required(report, paths);
    for (const path of items(paths)) httpPath(report, path);
  }
  for (const tls of items(at(spec, 'tls'))) {
    for (const name of items(at(tls, 'hosts'))) {
      if (name.value === null || name.value === '') invalid(report, name, 'wildcard-host');
      else host(report, name);
    }
    subdomain(report, at(tls, 'secretName'));
  }
  const className = at(spec, 'ingressClassName');
  if (!isGiven(className)) return;
  if (className.value === '') invalid(report, className, 'dns-subdomain');
  subdomain(report, className);
  const annotation = at(object, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  if (isGiven(annotation)) forbidden(report, annotation, 'spec.ingressClassName is set');
}

const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const SUFFIXES = ['/..', '/.'];

function httpPath(report: Report, field: Field): void {
  const type = at(field, 'pathType');
  oneOf(report, type, ['Exact', 'ImplementationSpecific', 'Prefix'], 'required');
  const path = at(field, 'path');
  const text = textOf(path);
  if (textOf(type) === 'Exact' || textOf(type) === 'Prefix') {
    if (!text.startsWith('/')) invalid(report, path, 'absolute-path');
    else if (SEQUENCES.some((each) => text.includes(each)) || SUFFIXES.some((each) => text.endsWith(each)))
      invalid(report, path, 'http-path');
  } else if (text !== '' && !text.startsWith('/')) invalid(report, path, 'absolute-path');
  backend(report, at(field, 'backend'));
}

function backend(report: Report, field: Field): void {
  const one = exactlyOne(report, field, ['service', 'resource'], 'one of service, resource');
  if (!isGiven(field)) required(report, at(field, 'service'));
  if (one?.key !== 'service') {
    if (one !== undefined) {
      for (const name of ['kind', 'name']) requireText(report, at(one, name));
      subdomain(report, at(one, 'apiGroup'));
    }
    return;
  }
  const name = at(one, 'name');
  if (requireText(report, name)) serviceName(report, name);
  const [byName, byNumber] = [at(one, 'port', 'name'), at(one, 'port', 'number')];
  if (isFilled(byName) && isFilled(byNumber)) forbidden(report, byNumber, 'the port is named');
  else if (isFilled(byName)) portName(report, byName);
  else if (isFilled(byNumber)) port(report, byNumber);
  else required(report, at(one, 'port'), 'its name or number');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */
export function networkPolicy(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  labelSelector(report, at(spec, 'podSelector'));
  for (const [rules, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const)
    for (const rule of items(at(spec, rules))) {
      for (const each of items(at(rule, 'ports'))) policyPort(report, each);
      for (const each of items(at(rule, peers))) peer(report, each);
    }
  const types = at(spec, 'policyTypes');
  for (const type of items(types)) oneOf(report, type, ['Egress', 'Ingress'], 'required');
  if (items(types).length > 2)
    report({
      code: 'builtin-too-long',
      field: types,
      args: { found: items(types).length, limit: 2, unit: 'types' },
    });
}

function policyPort(report: Report, field: Field): void {
  oneOf(report, at(field, 'protocol'), PROTOCOLS);
  const number = at(field, 'port');
  if (isGiven(number)) portReference(report, number);
  const end = at(field, 'endPort');
  if (!isGiven(end)) return;
  port(report, end);
  if (!isGiven(number)) required(report, number, 'endPort is set');
  else if (typeof number.value === 'string') forbidden(report, end, 'port is a name');
  else if ((numberOf(end) ?? 65_535) < (numberOf(number) ?? 0))
    invalid(report, end, 'number-range', 'at least port');
}

function peer(report: Report, field: Field): void {
  const block = at(field, 'ipBlock');
  const selectors = ['podSelector', 'namespaceSelector'].map((name) => at(field, name)).filter(isGiven);
  if (!isGiven(block) && selectors.length === 0) {
    required(report, field, 'one of podSelector, namespaceSelector, ipBlock');
    return;
  }
  for (const selector of selectors) labelSelector(report, selector);
  if (!isGiven(block)) return;
  if (selectors.length > 0) forbidden(report, block, 'pods are selected');
  const range = at(block, 'cidr');
  if (!requireText(report, range)) return;
  laxCidr(report, range);
  for (const except of items(at(block, 'except'))) {
    if (except.value === null || except.value === '') invalid(report, except, 'cidr');
    laxCidr(report, except);
    if (isWithin(textOf(range), textOf(except)) === false) invalid(report, except, 'cidr-except');
  }
}

export const ingressClass = (report: Report, object: Field): void => {
  const controller = at(object, 'spec', 'controller');
  if (isFilled(controller)) {
    if (textOf(controller).length > 250)
      report({
        code: 'builtin-too-long',
        field: controller,
        args: { found: textOf(controller).length, limit: 250, unit: 'characters' },
      });
    else if (
      !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(
        textOf(controller),
      )
    )
      invalid(report, controller, 'domain-prefixed');
  } else required(report, controller);
  const parameters = at(object, 'spec', 'parameters');
  if (!isGiven(parameters)) return;
  for (const name of ['kind', 'name'])
    if (requireText(report, at(parameters, name))) pathSegment(report, at(parameters, name));
  subdomain(report, at(parameters, 'apiGroup'));
  dnsLabel(report, at(parameters, 'namespace'));
  const scope = at(parameters, 'scope');
  oneOf(report, scope, ['Cluster', 'Namespace']);
  const namespace = at(parameters, 'namespace');
  if (textOf(scope) === 'Namespace') requireText(report, namespace, 'scope is Namespace');
  else if (isFilled(namespace)) forbidden(report, namespace, 'scope is not Namespace');
};
