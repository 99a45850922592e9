import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './access.ts';
import { admissionPolicy, policyBinding } from './admission.ts';
import { configMap, lease, namespace, priorityClass, secret } from './config.ts';
import { customKind } from './custom-kinds.ts';
import { at, type BuiltinProblem, type Field, pointerOf, type Report } from './field.ts';
import { cronJob, job } from './jobs.ts';
import { ingress, ingressClass, networkPolicy, service } from './network.ts';
import { podSpec } from './pod/spec.ts';
import { limitRange, resourceQuota } from './quota.ts';
import { updates } from './updates.ts';
import { claimSpec, storageClass, volume } from './volume-claim.ts';
import { autoscaler, daemonSet, deployment, disruptionBudget, replicaSet, statefulSet } from './workloads.ts';

/**
 * What the API server checks of its own kinds in code, beyond any schema: references within an object, bounds,
 * names, what excludes what.
 *
 * Input: manifests that go to one cluster. Output: one outcome. Guarantees: pure; what has a wrong type is passed
 * over here, for the schema check refuses it; every finding is named after the API server's own sort of error. The
 * mutation test holds each verdict against the real API server.
 */
export function checkBuiltin(
  manifests: readonly Manifest[],
  { previous }: BuiltinOptions = {},
): CheckOutcome {
  const findings: Finding[] = [];
  const covered = new Set<Manifest>();
  for (const manifest of manifests) {
    const kind = `${manifest.object.apiVersion} ${manifest.object.kind}`;
    const check = KINDS[kind];
    if (check === undefined) continue;
    covered.add(manifest);
    const report: Report = (problem) => findings.push(findingOf(manifest, problem));
    check(report, { value: manifest.object });
    const update = updates[kind];
    const former = update === undefined ? undefined : previous?.(manifest);
    if (former !== undefined) update?.(report, { value: manifest.object }, { value: former });
  }
  return { check: 'builtin', engine: 'embedded', findings, covered };
}

export interface BuiltinOptions {
  /** What a manifest was before a change, where it was there: then it is judged as an update. */
  readonly previous?: ((manifest: Manifest) => unknown) | undefined;
}

const findingOf = (manifest: Manifest, { code, field, args }: BuiltinProblem): Finding =>
  // The bridge over the union: code and args come from one problem, which has them matched.
  findingAt(manifest, { code, severity: 'error', args } as Finding, pointerOf(field));

type Check = (report: Report, object: Field) => void;

const KINDS: Readonly<Record<string, Check>> = {
  'v1 Pod': (report, object) => podSpec(report, at(object, 'spec')),
  'v1 Service': service,
  'v1 ConfigMap': configMap,
  'v1 Secret': secret,
  'v1 Namespace': namespace,
  'v1 PersistentVolumeClaim': (report, object) => claimSpec(report, at(object, 'spec')),
  'v1 PersistentVolume': volume,
  'v1 ResourceQuota': resourceQuota,
  'v1 LimitRange': limitRange,
  'apps/v1 Deployment': deployment,
  'apps/v1 StatefulSet': statefulSet,
  'apps/v1 DaemonSet': daemonSet,
  'apps/v1 ReplicaSet': replicaSet,
  'batch/v1 Job': job,
  'batch/v1 CronJob': cronJob,
  'autoscaling/v2 HorizontalPodAutoscaler': autoscaler,
  'policy/v1 PodDisruptionBudget': disruptionBudget,
  'networking.k8s.io/v1 Ingress': ingress,
  'networking.k8s.io/v1 IngressClass': ingressClass,
  'networking.k8s.io/v1 NetworkPolicy': networkPolicy,
  'storage.k8s.io/v1 StorageClass': storageClass,
  'scheduling.k8s.io/v1 PriorityClass': priorityClass,
  'rbac.authorization.k8s.io/v1 Role': role,
  'rbac.authorization.k8s.io/v1 ClusterRole': clusterRole,
  'rbac.authorization.k8s.io/v1 RoleBinding': roleBinding,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': clusterRoleBinding,
  'coordination.k8s.io/v1 Lease': lease,
  'apiextensions.k8s.io/v1 CustomResourceDefinition': customKind,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy': admissionPolicy,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding': policyBinding,
};
