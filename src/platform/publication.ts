import { Type } from 'typebox';
import { Secret, SecretVersion } from '#imports/secretsmanager.aws.upbound.io.ts';
import type { Environment } from '#model/environment/environment.ts';
import { prefix } from '#model/names.ts';
import { isHosted } from '#model/topology.ts';
import { aws, awsUntagged, base, type ComposedResource, sibling } from './composed.ts';
import { fields } from './definition.ts';
import { expendableBy } from './expendable.ts';
import { from, required } from './patches.ts';
import { objectName } from './wiring.ts';

/**
 * A key of a connection secret in AWS Secrets Manager, from where another cluster than Crossplane's fetches it. It is an
 * address, no password: only the way is that of secrets.
 */

const ASKED = 'spec.publication';

/** Optional: a claim without it publishes nothing. */
export const publicationField = Type.Optional(
  fields(
    {
      name: Type.String({
        pattern: '^[-A-Za-z0-9/_+=.@]+$',
        minLength: 1,
        maxLength: 256,
        description: 'Name in AWS Secrets Manager.',
      }),
      secretName: objectName('Connection secret, beside the claim.'),
      key: Type.String({
        pattern: '^[-._a-zA-Z0-9]+$',
        minLength: 1,
        maxLength: 253,
        description: 'Key of the connection secret whose value is published.',
      }),
    },
    'Where clusters that Crossplane does not run in fetch an address from; asks for a composition that publishes.',
  ),
);

/**
 * It holds nothing that is not elsewhere, so it goes without the days that Secrets Manager would keep it, in which no
 * other could have its name.
 */
export const publication = (environment: Environment): readonly ComposedResource[] =>
  (isHosted(environment) ? RESOURCES : []).map(expendableBy(`${ASKED}.name`));

const VALUE = 'spec.forProvider.secretStringSecretRef';

const RESOURCES: readonly ComposedResource[] = [
  aws(
    'publication',
    base(Secret, {
      spec: { forProvider: { description: 'Connection details', recoveryWindowInDays: 0 } },
    }),
    required(from(`${ASKED}.name`, 'spec.forProvider.name')),
  ),
  awsUntagged(
    'published-version',
    base(SecretVersion, {
      spec: {
        forProvider: {
          secretIdSelector: sibling(),
          secretStringSecretRef: { name: 'patched', namespace: 'patched', key: 'patched' },
        },
      },
    }),
    required(from(`${ASKED}.secretName`, `${VALUE}.name`)),
    from('spec.claimRef.namespace', `${VALUE}.namespace`),
    from(`${ASKED}.key`, `${VALUE}.key`),
  ),
];

/** Name of a composition that does so: one of the environment's own, so that others' don't. */
export const publishing = (environment: Environment, name: string): string =>
  isHosted(environment) ? `${name}-${prefix(environment)}` : name;
