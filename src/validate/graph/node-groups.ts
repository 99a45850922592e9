import { at, entries, type Field, items, textOf } from '../builtin/field.ts';
import type { Document, Documents } from './documents.ts';

/** Nodes of one sort, as pods choose among them. */
export interface NodeGroup {
  readonly name: string;
  /** Label -> the values that its nodes may have. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Those that keep pods away. */
  readonly taints: readonly Taint[];
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/**
 * The node groups among the documents: claims of the platform, or the managed resources of those who write them
 * themselves. None where nodes also come from Karpenter or Fargate, for then nobody knows what there is.
 */
export function nodeGroupsOf(documents: Documents): readonly NodeGroup[] {
  const others = ['NodePool.karpenter.sh', 'Provisioner.karpenter.sh', 'FargateProfile.eks.aws.upbound.io'];
  if (others.some((kind) => documents.of(kind).length > 0)) return [];
  const claims = documents.of('NodeGroup.platform.plimsoll.dev');
  if (claims.length > 0) {
    return claims.map(({ root }) => {
      const spec = at(root, 'spec');
      return nodeGroup(textOf(at(spec, 'name')), spec, items(at(spec, 'taints')), zonesOf(spec));
    });
  }
  return ['NodeGroup.eks.aws.upbound.io', 'NodeGroup.eks.aws.m.upbound.io'].flatMap((kind) =>
    documents.of(kind).map((document) => {
      const spec = at(document.root, 'spec', 'forProvider');
      return nodeGroup(externalName(document), spec, items(at(spec, 'taint')), undefined);
    }),
  );
}

const externalName = ({ root, name }: Document): string =>
  textOf(at(root, 'metadata', 'annotations', 'crossplane.io/external-name')) || name;

const zonesOf = (spec: Field): readonly string[] | undefined => {
  const zones = items(at(spec, 'zones')).map((zone) => `${textOf(at(spec, 'region'))}${textOf(zone)}`);
  return zones.length === 0 ? undefined : zones;
};

/** Labels that EKS and Kubernetes give to nodes: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
function nodeGroup(
  name: string,
  spec: Field,
  taints: readonly Field[],
  zones: readonly string[] | undefined,
): NodeGroup {
  const labels = new Map<string, readonly string[]>([
    ['eks.amazonaws.com/nodegroup', [name]],
    ['kubernetes.io/os', [/WINDOWS/.test(textOf(at(spec, 'amiType'))) ? 'windows' : 'linux']],
  ]);
  const put = (key: string, values: readonly string[]) => {
    if (values.some((value) => value !== '')) labels.set(key, values);
  };
  put('eks.amazonaws.com/capacityType', [textOf(at(spec, 'capacityType'))]);
  put('topology.kubernetes.io/region', [textOf(at(spec, 'region'))]);
  put('topology.kubernetes.io/zone', zones ?? []);
  put('node.kubernetes.io/instance-type', items(at(spec, 'instanceTypes')).map(textOf));
  const amiType = textOf(at(spec, 'amiType'));
  if (amiType !== '' && amiType !== 'CUSTOM')
    put('kubernetes.io/arch', [/ARM_?64/i.test(amiType) ? 'arm64' : 'amd64']);
  for (const { key, value } of entries(at(spec, 'labels'))) labels.set(key, [String(value)]);
  return { name, labels, taints: taints.map(taintOf).filter(({ effect }) => effect !== 'PreferNoSchedule') };
}

/** EKS spells effects its own way. */
const EFFECTS: ReadonlyMap<string, string> = new Map([
  ['NO_SCHEDULE', 'NoSchedule'],
  ['NO_EXECUTE', 'NoExecute'],
  ['PREFER_NO_SCHEDULE', 'PreferNoSchedule'],
]);

function taintOf(field: Field): Taint {
  const effect = textOf(at(field, 'effect'));
  return {
    key: textOf(at(field, 'key')),
    value: textOf(at(field, 'value')),
    effect: EFFECTS.get(effect) ?? effect,
  };
}

/** Labels that something other than a node group's own list gives to nodes, so any value may be there. */
const GIVEN =
  /^([a-z0-9.-]*\.)?(kubernetes\.io|k8s\.io|nvidia\.com|amd\.com|intel\.com)\/|^(eks|ebs\.csi\.aws|topology\.ebs\.csi\.aws)\.[a-z.]*com\/|^topology\.ebs/;

/** The values that a label of the group's nodes may have; undefined where nobody knows. */
export const valuesOf = (group: NodeGroup, key: string): readonly string[] | undefined =>
  group.labels.get(key) ?? (GIVEN.test(key) ? undefined : []);
