/** A kind, whatever its version, as projects of Argo CD list them. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** Kinds of one group. */
export const kinds = (group: string, ...names: readonly string[]): readonly GroupKind[] =>
  names.map((kind) => ({ group, kind }));

/** By group, those of one group as they were; each once. */
export function sortedKinds(all: readonly GroupKind[]): readonly GroupKind[] {
  const distinct = new Map(all.map((one) => [`${one.group}/${one.kind}`, one]));
  return [...distinct.values()].sort((a, b) => (a.group < b.group ? -1 : Number(a.group > b.group)));
}

/** `ServiceMonitor.monitoring.coreos.com`; a kind of Kubernetes' first group stands alone. */
export function kindNamed(text: string): GroupKind {
  const [kind = '', ...group] = text.split('.');
  return { group: group.join('.'), kind };
}
