import { KubeServiceAccount } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { roleAnnotations } from '#model/chart-identities.ts';
import type { Environment } from '#model/environment/environment.ts';
import { namespace, roleArn } from '#model/names.ts';
import { CONNECTIONS, connectionSecrets } from '#model/secrets.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';
import { externalSecret, secretStore } from './secrets.ts';

/**
 * Connection secrets where Crossplane runs in another cluster: fetched from where its claims publish what is in theirs.
 */
export function connectionDetails(folder: Folder, environment: Environment): void {
  const secrets = connectionSecrets(environment);
  const [first] = secrets;
  if (first === undefined) return;
  folder.add(
    KubeServiceAccount,
    {
      metadata: metadata(
        {
          name: CONNECTIONS,
          namespace: namespace(environment),
          annotations: roleAnnotations(roleArn(environment, CONNECTIONS)),
        },
        { wave: 'reachable' },
      ),
      // No pod runs as it: External Secrets asks for a token where it needs one.
      automountServiceAccountToken: false,
    },
    { pointer: '/spec/hub' },
  );
  secretStore(folder, { ...first, pointer: '/spec/hub' });
  for (const secret of secrets) externalSecret(folder, secret);
}
