import {
  ExternalSecret,
  ExternalSecretSpecSecretStoreRefKind,
  ExternalSecretSpecTargetCreationPolicy,
  ExternalSecretSpecTargetDeletionPolicy,
  SecretStore,
  SecretStoreSpecProviderAwsService,
} from '#imports/external-secrets.io.ts';
import type { FetchedSecret } from '#model/secrets.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/** How soon a new value in Secrets Manager is one in the cluster. As the API server writes durations. */
const REFRESH = '1h0m0s';

/** Labels of what a secret is for. */
type Labels = Readonly<Record<string, string>>;

/** A Secret that External Secrets fetches from AWS Secrets Manager, and how it signs in there. */
export function fetchedSecret(folder: Folder, secret: FetchedSecret, labels?: Labels): void {
  secretStore(folder, secret, labels);
  externalSecret(folder, secret, labels);
}

/** How External Secrets signs in. */
export function secretStore(folder: Folder, secret: FetchedSecret, labels?: Labels): void {
  const { namespace, store, serviceAccount, role, region, waves, isKept, pointer } = secret;
  const labelled = labels === undefined ? {} : { labels };
  folder.add(
    SecretStore,
    {
      metadata: metadata({ name: store, namespace, ...labelled }, { wave: waves.store, isKept }),
      spec: {
        provider: {
          aws: {
            service: SecretStoreSpecProviderAwsService.SECRETS_MANAGER,
            region,
            ...(role === undefined ? {} : { role }),
            auth: { jwt: { serviceAccountRef: { name: serviceAccount } } },
          },
        },
      },
    },
    { pointer },
  );
}

/** What it fetches. */
export function externalSecret(folder: Folder, secret: FetchedSecret, labels?: Labels): void {
  const { name, namespace, store, entries, waves, isKept, pointer } = secret;
  const labelled = labels === undefined ? {} : { labels };
  folder.add(
    ExternalSecret,
    {
      metadata: metadata({ name, namespace, ...labelled }, { wave: waves.secret, isKept }),
      spec: {
        refreshInterval: REFRESH,
        secretStoreRef: { kind: ExternalSecretSpecSecretStoreRefKind.SECRET_STORE, name: store },
        // It goes with what asks for it; while Secrets Manager doesn't answer, the last value stays.
        target: {
          name,
          creationPolicy: ExternalSecretSpecTargetCreationPolicy.OWNER,
          deletionPolicy: ExternalSecretSpecTargetDeletionPolicy.RETAIN,
        },
        data: entries.map(({ key, secret, property }) => ({
          secretKey: key,
          remoteRef: { key: secret, ...(property === undefined ? {} : { property }) },
        })),
      },
    },
    {
      pointer,
      fields: () => Object.fromEntries(entries.map(({ pointer }, index) => [`/spec/data/${index}`, pointer])),
    },
  );
}
