import type { Environment } from '#model/environment/environment.ts';
import { type IamStatement, policyStatement } from '#model/iam.ts';
import type { Identity } from '#model/identities.ts';
import { clusterName, roleName } from '#model/names.ts';
import { awsWiringOf, type Claim, claim, present } from '../claim.ts';
import { BARE_IDENTITY_COMPOSITION, SERVICE_IDENTITY_COMPOSITION } from './composition.ts';
import { type ServiceIdentitySpec, serviceIdentity } from './definition.ts';

/** A claim for each identity. */
export function serviceIdentityClaims(
  environment: Environment,
  identities: readonly Identity[],
): readonly Claim<ServiceIdentitySpec>[] {
  return identities.map(({ role, serviceAccount, statements, owner, cause }) =>
    claim(environment, {
      definition: serviceIdentity,
      name: role,
      composition: statements.length === 0 ? BARE_IDENTITY_COMPOSITION : SERVICE_IDENTITY_COMPOSITION,
      cause,
      fields: { '/spec/permissionsBoundaryArn': '/spec/aws/permissionsBoundary' },
      stateful: false,
      spec: {
        ...awsWiringOf(environment, 'Delete'),
        clusterName: clusterName(environment),
        roleName: roleName(environment, role),
        serviceAccount: { ...serviceAccount },
        statements: statements.map((statement) => specStatement(statement)),
        ...present(
          'permissionsBoundaryArn',
          owner === 'service' ? environment.spec.aws.permissionsBoundary : undefined,
        ),
      },
    }),
  );
}

type SpecStatement = ServiceIdentitySpec['statements'][number];

/** The same statement with lists that may be changed, as the schema's type has them. */
function specStatement(statement: IamStatement): SpecStatement {
  const { Sid, Effect, Action, Resource, Condition } = policyStatement(statement);
  return {
    Sid,
    Effect,
    Action: [...Action],
    Resource: [...Resource],
    ...present('Condition', copy(Condition)),
  };
}

const copy = (conditions: ReturnType<typeof policyStatement>['Condition']) =>
  conditions &&
  Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [...values]])),
    ]),
  );
