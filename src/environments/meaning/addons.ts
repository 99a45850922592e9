import type { Finding } from '#model/finding.ts';
import { blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** Without these no pod starts, resolves a name or signs in. */
const ALWAYS = ['vpc-cni', 'coredns', 'kube-proxy'] as const;

/** The add-ons that the environment's own parts can't do without. */
export const checkAddons: MeaningCheck = (meaning) => {
  const { cluster, services } = meaning.environment.spec;
  const pinned = Object.keys(cluster.addonVersions ?? {});
  const present = new Set<string>(cluster.addons);
  const all = entriesOf('/spec/services', services);
  const scaled = all.find(({ entry }) => entry.autoscaling !== undefined);
  const stored = all.find(({ entry }) => Object.keys(entry.volumes ?? {}).length > 0);
  const needed: readonly { readonly addon: string; readonly because: string | undefined }[] = [
    ...ALWAYS.map((addon) => ({ addon, because: 'no cluster works without it' })),
    ...pinned.map((addon) => ({ addon, because: 'addonVersions says its version' })),
    { addon: 'metrics-server', because: scaled && `service ${scaled.name} has autoscaling` },
    { addon: 'aws-ebs-csi-driver', because: stored && `service ${stored.name} has a volume` },
  ];
  return needed.flatMap(({ addon, because }): readonly Finding[] =>
    because === undefined || present.has(addon)
      ? []
      : [blameValue(meaning, 'environment-addon-missing', '/spec/cluster/addons', { addon, because })],
  );
};
