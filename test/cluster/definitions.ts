import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * The imported definitions as the cluster takes them. Each says of what it was made, so that a cluster that has it need
 * not take it again: hundreds cost a server a minute.
 */

/** The annotation that holds the digest. */
export const DIGEST = 'tideline.example/sha256';

const schemas = 'imports/schemas/crds';

interface CrdIndex {
  readonly [group: string]: {
    readonly [kind: string]: { readonly file: string; readonly plural: string; readonly input?: boolean };
  };
}

export function definitions() {
  const index: CrdIndex = JSON.parse(fs.readFileSync(`${schemas}/index.json`, 'utf8'));
  return Object.entries(index).flatMap(([group, kinds]) =>
    Object.entries(kinds)
      .filter(([, { input }]) => input !== true)
      .map(([kind, { file, plural }]) => {
        const text = fs.readFileSync(path.join(schemas, file), 'utf8');
        const { scope, versions } = JSON.parse(text);
        return {
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: {
            name: `${plural}.${group}`,
            // Groups of the Kubernetes community need its approval; these have it.
            annotations: {
              'api-approved.kubernetes.io': 'https://github.com/kubernetes-csi/external-snapshotter',
              [DIGEST]: createHash('sha256').update(text).digest('hex'),
            },
          },
          spec: {
            group,
            scope,
            names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
            versions: versions.map(
              ({
                name,
                served,
                storage,
                deprecated,
                deprecationWarning,
                schema,
              }: Record<string, unknown>) => ({
                name,
                served,
                storage,
                deprecated,
                ...(deprecationWarning === undefined ? {} : { deprecationWarning }),
                schema: { openAPIV3Schema: schema },
                subresources: { status: {} },
              }),
            ),
          },
        };
      }),
  );
}
