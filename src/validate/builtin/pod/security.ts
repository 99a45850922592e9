import {
  at,
  type Field,
  forbidden,
  invalid,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  textOf,
  unique,
} from '../field.ts';
import { localPath, userId } from '../forms.ts';

/** https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */

export function podSecurity(report: Report, spec: Field): void {
  const context = at(spec, 'securityContext');
  if (at(spec, 'hostPID').value === true && at(spec, 'shareProcessNamespace').value === true)
    forbidden(report, at(spec, 'shareProcessNamespace'), 'hostPID is set');
  for (const name of ['runAsUser', 'runAsGroup', 'fsGroup']) userId(report, at(context, name));
  for (const group of items(at(context, 'supplementalGroups'))) userId(report, group);
  oneOf(report, at(context, 'fsGroupChangePolicy'), ['Always', 'OnRootMismatch']);
  oneOf(report, at(context, 'supplementalGroupsPolicy'), ['Merge', 'Strict']);
  seccomp(report, at(context, 'seccompProfile'));
  const sysctls = items(at(context, 'sysctls'));
  for (const sysctl of sysctls) {
    const name = at(sysctl, 'name');
    if (textOf(name) === '') required(report, name);
    else if (
      textOf(name).length > 253 ||
      !/^[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/.test(textOf(name))
    )
      invalid(report, name, 'qualified-name');
  }
  unique(report, sysctls, (sysctl) => textOf(at(sysctl, 'name')), 'sysctls');
}

export function containerSecurity(report: Report, context: Field): void {
  if (!isGiven(context)) return;
  for (const name of ['runAsUser', 'runAsGroup']) userId(report, at(context, name));
  oneOf(report, at(context, 'procMount'), ['Default', 'Unmasked']);
  seccomp(report, at(context, 'seccompProfile'));
  appArmor(report, at(context, 'appArmorProfile'));
  const escalation = at(context, 'allowPrivilegeEscalation');
  if (escalation.value !== false) return;
  if (at(context, 'privileged').value === true) forbidden(report, escalation, 'privileged is set');
  const added = items(at(context, 'capabilities', 'add'));
  if (added.some(({ value }) => value === 'CAP_SYS_ADMIN'))
    forbidden(report, escalation, 'the capability CAP_SYS_ADMIN is added');
}

/** https://kubernetes.io/docs/reference/node/seccomp/ */
function seccomp(report: Report, profile: Field): void {
  if (!isGiven(profile)) return;
  const type = at(profile, 'type');
  oneOf(report, type, ['Localhost', 'RuntimeDefault', 'Unconfined'], 'required');
  const file = at(profile, 'localhostProfile');
  if (textOf(type) === 'Localhost') {
    if (!isGiven(file)) required(report, file, 'type is Localhost');
    else localPath(report, file);
  } else if (isGiven(file)) forbidden(report, file, 'type is not Localhost');
}

/** https://kubernetes.io/docs/tutorials/security/apparmor/ */
export function appArmor(report: Report, profile: Field): void {
  if (!isGiven(profile)) return;
  const type = at(profile, 'type');
  oneOf(report, type, ['Localhost', 'RuntimeDefault', 'Unconfined'], 'required');
  const name = at(profile, 'localhostProfile');
  if (textOf(type) === 'Localhost') {
    const text = textOf(name);
    if (text.trim() === '') required(report, name, 'type is Localhost');
    else if (text !== text.trim() || text.length > 4_095) invalid(report, name, 'local-path');
  } else if (isGiven(name)) forbidden(report, name, 'type is not Localhost');
}

export const isPrivileged = (container: Field): boolean =>
  at(container, 'securityContext', 'privileged').value === true;
