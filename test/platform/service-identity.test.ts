import { describe, expect, it } from 'vitest';
import { composed } from './composed.ts';
import { valueAt } from './field-path.ts';
import { production } from './tideline.ts';

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF';

const identity = (claim: string) =>
  composed(production, 'ServiceIdentity', claim, { accountId: '111122223333', oidcProvider: PROVIDER });

const documentAt = (claim: string, entry: string, field: string): unknown =>
  JSON.parse(String(valueAt(identity(claim).get(entry), `spec.forProvider.${field}`)));

describe('a role', () => {
  it.each([
    ['api', 'tideline', 'api'],
    ['external-dns', 'external-dns', 'external-dns'],
    ['aws-load-balancer-controller', 'kube-system', 'aws-load-balancer-controller'],
  ])('of %s trusts one ServiceAccount of one cluster, whole names compared', (claim, namespace, name) => {
    expect(documentAt(claim, 'role', 'assumeRolePolicy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              [`${PROVIDER}:aud`]: 'sts.amazonaws.com',
              [`${PROVIDER}:sub`]: `system:serviceaccount:${namespace}:${name}`,
            },
          },
        },
      ],
    });
  });

  it('is bounded where a team says what it may do', () => {
    const boundary = (claim: string) =>
      valueAt(identity(claim).get('role'), 'spec.forProvider.permissionsBoundary');
    expect(boundary('api')).toBe('arn:aws:iam::111122223333:policy/services');
    expect(boundary('external-dns')).toBe('arn:aws:iam::111122223333:policy/services');
    expect(boundary('cluster-autoscaler')).toBeUndefined();
  });

  it('may do what the service uses, and no more', () => {
    const { Statement: statements } = documentAt('clerk', 'policy', 'policy') as {
      readonly Statement: readonly { readonly Action: readonly string[] }[];
    };
    expect(statements.flatMap(({ Action }) => Action)).toEqual(['elasticache:Connect']);
  });

  it('waits for the cluster whose ServiceAccount it trusts', () => {
    expect([...composed(production, 'ServiceIdentity', 'api').keys()]).toEqual(['cluster', 'policy']);
  });
});
