import {
  at,
  type Field,
  forbidden,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  textOf,
  unique,
  within,
} from '../field.ts';
import { annotations, dnsLabel, eachText, labels, laxIp, qualifiedName, subdomain } from '../forms.ts';
import { affinity } from './affinity.ts';
import { containers } from './containers.ts';
import { appArmor, podSecurity } from './security.ts';
import { tolerations } from './tolerations.ts';
import { topologySpread } from './topology-spread.ts';
import { volumes } from './volumes.ts';

/**
 * A pod's spec, wherever it stands: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
 */
export function podSpec(report: Report, spec: Field, { isNamedByOwner = false }: PodOptions = {}): void {
  if (!isGiven(spec)) {
    required(report, at(spec, 'containers'));
    return;
  }
  oneOf(report, at(spec, 'restartPolicy'), ['Always', 'OnFailure', 'Never']);
  dns(report, spec);
  const named = volumes(report, at(spec, 'volumes'));
  containers(report, spec, named);
  labels(report, at(spec, 'nodeSelector'));
  for (const name of ['serviceAccountName', 'priorityClassName', 'runtimeClassName', 'nodeName'])
    subdomain(report, at(spec, name));
  if (!isNamedByOwner) for (const name of ['hostname', 'subdomain']) dnsLabel(report, at(spec, name));
  within(report, at(spec, 'activeDeadlineSeconds'), 1, 2_147_483_647);
  within(report, at(spec, 'terminationGracePeriodSeconds'), 0, Number.MAX_SAFE_INTEGER);
  tolerations(report, at(spec, 'tolerations'));
  affinity(report, at(spec, 'affinity'));
  topologySpread(report, at(spec, 'topologySpreadConstraints'));
  podSecurity(report, spec);
  appArmor(report, at(spec, 'securityContext', 'appArmorProfile'));
  hostAliases(report, at(spec, 'hostAliases'));
  for (const gate of items(at(spec, 'readinessGates'))) {
    const type = at(gate, 'conditionType');
    if (textOf(type) === '') required(report, type);
    else qualifiedName(report, type);
  }
  schedulingGates(report, at(spec, 'schedulingGates'));
  oneOf(report, at(spec, 'preemptionPolicy'), ['Never', 'PreemptLowerPriority']);
  resourceClaims(report, at(spec, 'resourceClaims'));
  operatingSystem(report, spec);
}

interface PodOptions {
  /** A StatefulSet names its pods: whatever the template says of that is not looked at. */
  readonly isNamedByOwner?: boolean;
}

/** The spec of a template's pod: the same, but for what only a running pod has. */
export function podTemplate(report: Report, template: Field): void {
  labels(report, at(template, 'metadata', 'labels'));
  annotations(report, at(template, 'metadata', 'annotations'));
  podSpec(report, at(template, 'spec'));
  const ephemeral = at(template, 'spec', 'ephemeralContainers');
  if (isFilled(ephemeral)) forbidden(report, ephemeral, 'a template has no ephemeral containers');
}

/** The template of pods that a controller keeps running. */
export function lastingTemplate(report: Report, template: Field): void {
  podTemplate(report, template);
  lastingPod(report, template);
}

/** What a pod must be like that a controller keeps running. */
export function lastingPod(report: Report, template: Field): void {
  const policy = at(template, 'spec', 'restartPolicy');
  if (['OnFailure', 'Never'].includes(textOf(policy))) oneOf(report, policy, ['Always']);
  const deadline = at(template, 'spec', 'activeDeadlineSeconds');
  if (isGiven(deadline)) forbidden(report, deadline, 'the controller keeps its pods running');
}

/** https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config */
function dns(report: Report, spec: Field): void {
  const policy = at(spec, 'dnsPolicy');
  oneOf(report, policy, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']);
  const servers = at(spec, 'dnsConfig', 'nameservers');
  if (textOf(policy) === 'None' && items(servers).length === 0)
    required(report, servers, 'dnsPolicy is None');
  eachText(report, servers, laxIp);
  if (items(servers).length > 3)
    report({
      code: 'builtin-too-long',
      field: servers,
      args: { found: items(servers).length, limit: 3, unit: 'name servers' },
    });
  eachText(report, at(spec, 'dnsConfig', 'searches'), (_, search) => {
    const domain = textOf(search);
    // A single dot, a trailing dot, and labels that begin with `_` are right in a search path.
    subdomain(report, {
      ...search,
      value: domain === '.' ? 'a' : domain.replace(/\.$/, '').replaceAll(/(^|\.)_/g, '$1a'),
    });
  });
  for (const option of items(at(spec, 'dnsConfig', 'options')))
    if (textOf(at(option, 'name')) === '') required(report, at(option, 'name'));
}

function hostAliases(report: Report, field: Field): void {
  for (const alias of items(field)) {
    const address = at(alias, 'ip');
    if (textOf(address) === '') required(report, address);
    else laxIp(report, address);
    eachText(report, at(alias, 'hostnames'), subdomain);
  }
}

function schedulingGates(report: Report, field: Field): void {
  const gates = items(field);
  for (const gate of gates) {
    const name = at(gate, 'name');
    if (textOf(name) === '') required(report, name);
    else qualifiedName(report, name);
  }
  unique(report, gates, (gate) => textOf(at(gate, 'name')), 'scheduling gates');
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */
function resourceClaims(report: Report, field: Field): void {
  const claims = items(field);
  for (const claim of claims) {
    const name = at(claim, 'name');
    if (textOf(name) === '') required(report, name);
    else dnsLabel(report, name);
    const sources = ['resourceClaimName', 'resourceClaimTemplateName'].map((each) => at(claim, each));
    for (const source of sources) subdomain(report, source);
    if (!sources.some(isGiven)) required(report, claim, 'resourceClaimName or resourceClaimTemplateName');
    else if (sources.every(isGiven)) forbidden(report, claim, 'it names a claim and a template');
  }
  unique(
    report,
    claims.map((claim) => at(claim, 'name')),
    textOf,
    'claims',
  );
}

/** https://kubernetes.io/docs/concepts/workloads/pods/#pod-os */
function operatingSystem(report: Report, spec: Field): void {
  const os = at(spec, 'os');
  if (!isGiven(os)) return;
  oneOf(report, at(os, 'name'), ['linux', 'windows'], 'required');
  const windows = at(spec, 'securityContext', 'windowsOptions');
  if (textOf(at(os, 'name')) === 'linux' && isGiven(windows))
    forbidden(report, windows, 'the pod runs on Linux');
  if (textOf(at(os, 'name')) !== 'windows') return;
  for (const name of ['hostPID', 'hostIPC', 'shareProcessNamespace'])
    if (at(spec, name).value === true) forbidden(report, at(spec, name), 'the pod runs on Windows');
  for (const name of ['runAsUser', 'runAsGroup', 'fsGroup', 'seLinuxOptions', 'seccompProfile', 'sysctls'])
    if (isGiven(at(spec, 'securityContext', name)))
      forbidden(report, at(spec, 'securityContext', name), 'the pod runs on Windows');
}
