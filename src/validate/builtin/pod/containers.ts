import {
  at,
  type Field,
  forbidden,
  invalid,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
  unique,
} from '../field.ts';
import { dnsLabel, port, portName } from '../forms.ts';
import { environment } from './environment.ts';
import { lifecycle } from './lifecycle.ts';
import { probes } from './probes.ts';
import { containerResources } from './resources.ts';
import { containerSecurity } from './security.ts';
import { volumeDevices, volumeMounts } from './volume-mounts.ts';
import type { Volumes } from './volumes.ts';

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container */
export function containers(report: Report, spec: Field, volumes: Volumes): void {
  const main = at(spec, 'containers');
  const all = items(main);
  const initial = items(at(spec, 'initContainers'));
  if (all.length === 0) required(report, main);
  for (const container of all) {
    oneContainer(report, container, spec, volumes);
    probes(report, container, spec);
    lifecycle(report, at(container, 'lifecycle'), spec);
  }
  for (const container of initial) initContainer(report, container, spec, volumes);
  unique(
    report,
    [...initial, ...all].map((container) => at(container, 'name')),
    textOf,
    'containers',
  );
  hostPorts(report, all, spec);
}

function oneContainer(report: Report, container: Field, spec: Field, volumes: Volumes): void {
  const name = at(container, 'name');
  if (requireText(report, name)) dnsLabel(report, name);
  const image = at(container, 'image');
  if (requireText(report, image) && textOf(image) !== textOf(image).trim())
    invalid(report, image, 'image-without-spaces');
  oneOf(report, at(container, 'imagePullPolicy'), ['Always', 'IfNotPresent', 'Never']);
  oneOf(report, at(container, 'terminationMessagePolicy'), ['File', 'FallbackToLogsOnError']);
  ports(report, at(container, 'ports'), at(spec, 'hostNetwork').value === true);
  environment(report, container);
  volumeMounts(report, container, volumes);
  volumeDevices(report, container, volumes);
  containerResources(report, at(container, 'resources'), spec);
  for (const resize of items(at(container, 'resizePolicy'))) {
    oneOf(report, at(resize, 'resourceName'), ['cpu', 'memory'], 'required');
    oneOf(report, at(resize, 'restartPolicy'), ['NotRequired', 'RestartContainer'], 'required');
  }
  containerSecurity(report, at(container, 'securityContext'));
}

/** Those that run to their end before the others have no probes; a sidecar, which goes on, has. */
function initContainer(report: Report, container: Field, spec: Field, volumes: Volumes): void {
  oneContainer(report, container, spec, volumes);
  const policy = at(container, 'restartPolicy');
  oneOf(report, policy, ['Always']);
  if (textOf(policy) === 'Always') {
    probes(report, container, spec);
    lifecycle(report, at(container, 'lifecycle'), spec);
    return;
  }
  for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    const field = at(container, name);
    if (isGiven(field)) forbidden(report, field, 'an init container without restartPolicy Always has none');
  }
}

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

function ports(report: Report, field: Field, isHostNetwork: boolean): void {
  const all = items(field);
  for (const each of all) {
    portName(report, at(each, 'name'));
    const number = at(each, 'containerPort');
    if (!isFilled(number)) required(report, number);
    else port(report, number);
    const hostPort = at(each, 'hostPort');
    if (isFilled(hostPort)) {
      port(report, hostPort);
      if (isHostNetwork && hostPort.value !== number.value) invalid(report, number, 'host-port');
    }
    oneOf(report, at(each, 'protocol'), PROTOCOLS);
  }
  unique(
    report,
    all.map((each) => at(each, 'name')),
    textOf,
    'ports of this container',
  );
}

/** Two containers can't listen at the same place of the node. */
function hostPorts(report: Report, all: readonly Field[], spec: Field): void {
  const isHostNetwork = at(spec, 'hostNetwork').value === true;
  const seen = new Set<string>();
  for (const each of all.flatMap((container) => items(at(container, 'ports')))) {
    const given = at(each, 'hostPort');
    const number = isFilled(given) ? given : isHostNetwork ? at(each, 'containerPort') : given;
    if (!isFilled(number)) continue;
    const key = [
      textOf(at(each, 'protocol')) || 'TCP',
      textOf(at(each, 'hostIP')),
      String(number.value),
    ].join(' ');
    if (seen.has(key))
      report({ code: 'builtin-duplicate', field: given, args: { found: key, of: 'host ports' } });
    seen.add(key);
  }
}
