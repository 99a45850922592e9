import { isRecord } from '../policy-file.ts';

/** Where workloads keep the template of their pods. */
export interface Place {
  /** What a derived policy's name ends with. */
  readonly suffix: string;
  readonly template: string;
  readonly rules: readonly { readonly group: string; readonly resources: readonly string[] }[];
}

/** By where the template lies, since one expression can speak of one place only. */
export const PLACES: readonly Place[] = [
  {
    suffix: '-templates',
    template: 'spec.template',
    rules: [
      { group: 'apps', resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'] },
      { group: 'batch', resources: ['jobs'] },
    ],
  },
  {
    suffix: '-cronjobs',
    template: 'spec.jobTemplate.spec.template',
    rules: [{ group: 'batch', resources: ['cronjobs'] }],
  },
];

/**
 * Rules on the workloads in place of rules on pods. A template is what pods will be created from, so that what is asked
 * of a pod's creation is asked whenever the template is written; a rule on nothing but updates stays one.
 */
export function templateRules(rules: unknown, place: Place): readonly Record<string, unknown>[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown) => {
    if (!isRecord(rule) || !listOf(rule['resources']).some((name) => name === 'pods')) return [];
    const given = listOf(rule['operations']);
    const isCreation = given.includes('CREATE') || given.includes('*');
    const operations = isCreation ? ['CREATE', 'UPDATE'] : given.filter((name) => name === 'UPDATE');
    if (operations.length === 0) return [];
    const { scope } = rule;
    return place.rules.map(({ group, resources }) => ({
      apiGroups: [group],
      apiVersions: ['v1'],
      operations,
      resources,
      ...(scope !== undefined && { scope }),
    }));
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Whether a rule speaks of pods and their subresources alone. */
export const isOnPods = (rule: unknown): boolean =>
  isRecord(rule) &&
  listOf(rule['apiGroups']).every((group) => group === '') &&
  listOf(rule['resources']).every((name) => name === 'pods' || String(name).startsWith('pods/'));
