import {
  at,
  type Field,
  forbidden,
  invalid,
  isFilled,
  items,
  notFound,
  oneOf,
  type Report,
  requireText,
  textOf,
  unique,
} from '../field.ts';
import { localPath } from '../forms.ts';
import { isPrivileged } from './security.ts';
import type { Volumes } from './volumes.ts';

/** https://kubernetes.io/docs/concepts/storage/volumes/ */
export function volumeMounts(report: Report, container: Field, volumes: Volumes): void {
  const mounts = items(at(container, 'volumeMounts'));
  for (const mount of mounts) {
    const name = at(mount, 'name');
    if (requireText(report, name) && !volumes.has(textOf(name))) notFound(report, name, 'volumes of the pod');
    requireText(report, at(mount, 'mountPath'));
    const path = at(mount, 'subPath');
    localPath(report, path);
    const expression = at(mount, 'subPathExpr');
    if (isFilled(expression)) {
      if (isFilled(path)) forbidden(report, expression, 'subPath is set');
      localPath(report, expression);
    }
    propagation(report, mount, container);
    oneOf(report, at(mount, 'recursiveReadOnly'), ['Disabled', 'IfPossible', 'Enabled']);
    const recursive = at(mount, 'recursiveReadOnly');
    if (['IfPossible', 'Enabled'].includes(textOf(recursive)) && at(mount, 'readOnly').value !== true)
      forbidden(report, recursive, 'readOnly is not set');
  }
  unique(
    report,
    mounts.map((mount) => at(mount, 'mountPath')),
    textOf,
    'mount paths of this container',
  );
}

function propagation(report: Report, mount: Field, container: Field): void {
  const field = at(mount, 'mountPropagation');
  oneOf(report, field, ['None', 'HostToContainer', 'Bidirectional']);
  if (field.value === 'Bidirectional' && !isPrivileged(container))
    forbidden(report, field, 'only a privileged container has Bidirectional');
}

export function volumeDevices(report: Report, container: Field, volumes: Volumes): void {
  const devices = items(at(container, 'volumeDevices'));
  const mounted = new Set(
    items(at(container, 'volumeMounts')).map((mount) => textOf(at(mount, 'mountPath'))),
  );
  for (const device of devices) {
    const name = at(device, 'name');
    if (requireText(report, name)) {
      const kind = volumes.get(textOf(name));
      if (kind === undefined) notFound(report, name, 'volumes of the pod');
      else if (kind !== 'persistentVolumeClaim' && kind !== 'ephemeral')
        forbidden(report, name, 'only a volume of a claim is a device');
    }
    const path = at(device, 'devicePath');
    if (!requireText(report, path)) continue;
    if (mounted.has(textOf(path))) invalid(report, path, 'one-value', 'a path that no volume is mounted at');
    if (textOf(path).split('/').includes('..')) invalid(report, path, 'local-path');
  }
  unique(
    report,
    devices.map((device) => at(device, 'name')),
    textOf,
    'devices of this container',
  );
  unique(
    report,
    devices.map((device) => at(device, 'devicePath')),
    textOf,
    'devices of this container',
  );
}
