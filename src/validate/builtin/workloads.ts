import { amountOf } from './amount.ts';
import {
  at,
  exactlyOne,
  type Field,
  forbidden,
  invalid,
  isFields,
  isFilled,
  isGiven,
  items,
  nonNegative,
  numberOf,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
} from './field.ts';
import {
  amountOrPercent,
  annotations,
  atMostAll,
  dnsLabel,
  labels,
  pathSegment,
  percentOf,
} from './forms.ts';
import { containerResourceName } from './pod/resources.ts';
import { lastingPod, lastingTemplate, podSpec } from './pod/spec.ts';
import { labelSelector, workloadSelector } from './selector.ts';
import { claimTemplate } from './volume-claim.ts';

/** Controllers that keep pods running: https://kubernetes.io/docs/concepts/workloads/controllers/ */

function lasting(report: Report, object: Field): Field {
  const spec = at(object, 'spec');
  workloadSelector(report, spec);
  lastingTemplate(report, at(spec, 'template'));
  counts(report, spec);
  return spec;
}

function counts(report: Report, spec: Field): void {
  for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit'])
    nonNegative(report, at(spec, name));
}

export function replicaSet(report: Report, object: Field): void {
  lasting(report, object);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/ */
export function deployment(report: Report, object: Field): void {
  const spec = lasting(report, object);
  const strategy = at(spec, 'strategy');
  const type = at(strategy, 'type');
  oneOf(report, type, ['Recreate', 'RollingUpdate']);
  const rolling = at(strategy, 'rollingUpdate');
  if (textOf(type) === 'Recreate') {
    if (isGiven(rolling)) forbidden(report, rolling, 'type is Recreate');
  } else rollingUpdate(report, rolling);
  const deadline = at(spec, 'progressDeadlineSeconds');
  nonNegative(report, deadline);
  const ready = numberOf(at(spec, 'minReadySeconds')) ?? 0;
  if ((numberOf(deadline) ?? 600) <= ready)
    invalid(
      report,
      isGiven(deadline) ? deadline : at(spec, 'minReadySeconds'),
      'less-than-progress-deadline',
    );
}

const isZero = (field: Field): boolean => field.value === 0 || percentOf(field) === 0;

function rollingUpdate(report: Report, rolling: Field): void {
  const unavailable = at(rolling, 'maxUnavailable');
  const surge = at(rolling, 'maxSurge');
  amountOrPercent(report, unavailable);
  amountOrPercent(report, surge);
  atMostAll(report, unavailable);
  if (isZero(unavailable) && isZero(surge)) invalid(report, unavailable, 'not-both-zero', 'maxSurge');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/stateful-set-v1/ */
export function statefulSet(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  workloadSelector(report, spec);
  counts(report, spec);
  const template = at(spec, 'template');
  labels(report, at(template, 'metadata', 'labels'));
  annotations(report, at(template, 'metadata', 'annotations'));
  lastingPod(report, template);
  podSpec(report, withClaimedVolumes(spec), { isNamedByOwner: true });
  for (const claim of items(at(spec, 'volumeClaimTemplates'))) claimTemplate(report, at(claim, 'spec'));
  dnsLabel(report, at(spec, 'serviceName'));
  oneOf(report, at(spec, 'podManagementPolicy'), ['OrderedReady', 'Parallel']);
  const strategy = at(spec, 'updateStrategy');
  const type = at(strategy, 'type');
  oneOf(report, type, ['RollingUpdate', 'OnDelete']);
  const rolling = at(strategy, 'rollingUpdate');
  if (textOf(type) === 'OnDelete' && isGiven(rolling)) forbidden(report, rolling, 'type is OnDelete');
  nonNegative(report, at(rolling, 'partition'));
  const retention = at(spec, 'persistentVolumeClaimRetentionPolicy');
  for (const name of ['whenDeleted', 'whenScaled']) oneOf(report, at(retention, name), ['Retain', 'Delete']);
  nonNegative(report, at(spec, 'ordinals', 'start'));
}

/** Each claim of a set is a volume of its pods. */
function withClaimedVolumes(spec: Field): Field {
  const pod = at(spec, 'template', 'spec');
  if (!isFields(pod.value)) return pod;
  const claimed = items(at(spec, 'volumeClaimTemplates')).map((claim) => ({
    name: at(claim, 'metadata', 'name').value,
    persistentVolumeClaim: { claimName: 'of-the-set' },
  }));
  const given = items(at(pod, 'volumes')).map(({ value }) => value);
  const names = new Set(claimed.map(({ name }) => name));
  // A claim's volume takes the place of one of its name.
  const first = claimed.filter(
    ({ name }, index) => claimed.findIndex((claim) => claim.name === name) === index,
  );
  const others = given.filter((volume) => !(isFields(volume) && names.has(volume['name'])));
  return { ...pod, value: { ...pod.value, volumes: [...others, ...first] } };
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/daemon-set-v1/ */
export function daemonSet(report: Report, object: Field): void {
  const spec = lasting(report, object);
  const strategy = at(spec, 'updateStrategy');
  const type = at(strategy, 'type');
  oneOf(report, type, ['RollingUpdate', 'OnDelete']);
  if (textOf(type) === 'OnDelete') return;
  const rolling = at(strategy, 'rollingUpdate');
  const unavailable = at(rolling, 'maxUnavailable');
  const surge = at(rolling, 'maxSurge');
  for (const field of [unavailable, surge]) {
    amountOrPercent(report, field);
    atMostAll(report, field);
  }
  const surges = isGiven(surge) && !isZero(surge);
  if (isGiven(unavailable) && isZero(unavailable) && !surges)
    invalid(report, unavailable, 'not-both-zero', 'maxSurge');
  // Without a value of its own maxUnavailable is 1.
  if (surges && !(isGiven(unavailable) && isZero(unavailable)))
    forbidden(report, surge, 'maxUnavailable is not 0');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/ */
export function disruptionBudget(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const least = at(spec, 'minAvailable');
  const most = at(spec, 'maxUnavailable');
  if (isGiven(least) && isGiven(most)) forbidden(report, most, 'minAvailable is set');
  for (const field of [least, most]) {
    amountOrPercent(report, field);
    atMostAll(report, field);
  }
  labelSelector(report, at(spec, 'selector'));
  oneOf(report, at(spec, 'unhealthyPodEvictionPolicy'), ['IfHealthyBudget', 'AlwaysAllow']);
}

const METRICS: Readonly<Record<string, string>> = {
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
  External: 'external',
};

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
export function autoscaler(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const least = at(spec, 'minReplicas');
  const most = at(spec, 'maxReplicas');
  if (isGiven(least) && (numberOf(least) ?? 1) < 1) invalid(report, least, 'positive');
  const max = numberOf(most) ?? 0;
  if (max < 1 && (typeof most.value === 'number' || !isGiven(most))) invalid(report, most, 'positive');
  else if (isGiven(least) && max < (numberOf(least) ?? 0))
    invalid(report, most, 'number-range', 'at least minReplicas');
  scaled(report, at(spec, 'scaleTargetRef'));
  for (const metric of items(at(spec, 'metrics'))) oneMetric(report, metric);
  for (const name of ['scaleUp', 'scaleDown']) scaling(report, at(spec, 'behavior', name));
}

function scaled(report: Report, field: Field): void {
  reference(report, field);
  const version = at(field, 'apiVersion');
  // Only replication controllers have no group.
  if (!/^[^/]+\//.test(textOf(version)) && textOf(at(field, 'kind')) !== 'ReplicationController')
    invalid(report, version, 'one-value', 'group/version');
}

function reference(report: Report, field: Field): void {
  for (const each of [at(field, 'kind'), at(field, 'name')])
    if (requireText(report, each)) pathSegment(report, each);
  const version = at(field, 'apiVersion');
  if (textOf(version).split('/').length > 2) invalid(report, version, 'one-value', 'group/version');
}

function oneMetric(report: Report, metric: Field): void {
  const type = at(metric, 'type');
  oneOf(report, type, Object.keys(METRICS), 'required');
  const expected = METRICS[textOf(type)];
  const source = exactlyOne(report, metric, Object.values(METRICS), 'the source that type names');
  if (source === undefined) return;
  if (expected !== undefined && source.key !== expected) {
    if (!isGiven(at(metric, expected))) required(report, at(metric, expected), `type is ${textOf(type)}`);
  }
  const target = at(source, 'target');
  metricTarget(report, target);
  switch (source.key) {
    case 'resource':
    case 'containerResource': {
      const name = at(source, 'name');
      if (textOf(name) === '') required(report, name);
      else if (source.key === 'containerResource') containerResourceName(report, name);
      if (source.key === 'containerResource') {
        if (textOf(at(source, 'container')) === '') required(report, at(source, 'container'));
        else dnsLabel(report, at(source, 'container'));
      }
      const [utilization, average] = [at(target, 'averageUtilization'), at(target, 'averageValue')];
      if (isGiven(utilization) === isGiven(average))
        required(report, average, 'either averageUtilization or averageValue');
      break;
    }
    case 'pods':
      metricName(report, at(source, 'metric'));
      if (!isGiven(at(target, 'averageValue'))) required(report, at(target, 'averageValue'));
      break;
    case 'object':
      reference(report, at(source, 'describedObject'));
      metricName(report, at(source, 'metric'));
      valueOrAverage(report, target, 'required');
      break;
    case 'external':
      metricName(report, at(source, 'metric'));
      valueOrAverage(report, target, 'exactly one');
      break;
    default:
  }
}

function metricName(report: Report, metric: Field): void {
  const name = at(metric, 'name');
  if (textOf(name) === '') required(report, name);
  else pathSegment(report, name);
}

function valueOrAverage(report: Report, target: Field, mode: 'required' | 'exactly one'): void {
  const [value, average] = [at(target, 'value'), at(target, 'averageValue')];
  if (!isGiven(value) && !isGiven(average)) required(report, average, 'value or averageValue');
  if (mode === 'exactly one' && isGiven(value) && isGiven(average))
    forbidden(report, value, 'averageValue is set');
}

function metricTarget(report: Report, target: Field): void {
  oneOf(report, at(target, 'type'), ['Utilization', 'Value', 'AverageValue'], 'required');
  const utilization = at(target, 'averageUtilization');
  if (isGiven(utilization) && (numberOf(utilization) ?? 1) < 1) invalid(report, utilization, 'positive');
  for (const name of ['value', 'averageValue']) {
    const amount = amountOf(at(target, name).value);
    if (amount !== undefined && amount <= 0n) invalid(report, at(target, name), 'positive');
  }
}

function scaling(report: Report, field: Field): void {
  if (!isGiven(field)) return;
  const window = at(field, 'stabilizationWindowSeconds');
  const seconds = numberOf(window);
  if (seconds !== undefined && (seconds < 0 || seconds > 3_600))
    invalid(report, window, 'number-range', '0 to 3600');
  oneOf(report, at(field, 'selectPolicy'), ['Max', 'Min', 'Disabled']);
  const policies = at(field, 'policies');
  // Where nothing is said the defaults have policies; an empty list has none.
  if (Array.isArray(policies.value) && items(policies).length === 0) required(report, policies);
  for (const policy of items(policies)) {
    oneOf(report, at(policy, 'type'), ['Pods', 'Percent'], 'required');
    for (const [name, limit] of [
      ['value', Number.MAX_SAFE_INTEGER],
      ['periodSeconds', 1_800],
    ] as const) {
      const number = numberOf(at(policy, name)) ?? 0;
      if (isFilled(at(policy, name)) && typeof at(policy, name).value !== 'number') continue;
      if (number < 1 || number > limit) invalid(report, at(policy, name), 'positive');
    }
  }
}
