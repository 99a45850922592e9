import type { Suggest } from '#model/suggest.ts';
import { at, isGiven, items, textOf } from '../builtin/field.ts';
import { blocks, type Report, type Thing } from './thing.ts';

/** Users of databases and caches, who sign in as the role that they are. */
export function checkSignIn(things: readonly Thing[], suggest: Suggest, report: Report): void {
  const roles = things
    .filter(({ kind }) => kind === 'Role.iam.aws.upbound.io')
    .map(({ externalName }) => externalName);
  for (const thing of things) {
    if (thing.kind === 'User.database.mongodbatlas.crossplane.io')
      databaseUser(thing, roles, suggest, report);
    if (thing.kind === 'User.elasticache.aws.upbound.io') cacheUser(thing, report);
    if (thing.kind === 'ReplicationGroup.elasticache.aws.upbound.io') cache(thing, report);
  }
}

/** https://www.mongodb.com/docs/atlas/security/aws-iam-authentication/ */
function databaseUser(thing: Thing, roles: readonly string[], suggest: Suggest, report: Report): void {
  const { asked } = thing;
  const [type, database, password, name] = [
    'awsIamType',
    'authDatabaseName',
    'passwordSecretRef',
    'username',
  ].map((field) => at(asked, field));
  if (type === undefined || database === undefined || password === undefined || name === undefined) return;
  const user = textOf(name);
  if (['', 'NONE'].includes(textOf(type))) {
    // Who signs in by LDAP, OIDC or X.509 has another system's password, or none.
    const isElsewhere = ['ldapAuthType', 'oidcAuthType', 'x509Type'].some(
      (field) => !['', 'NONE'].includes(textOf(at(asked, field))),
    );
    if (!isElsewhere) report(thing, type, { code: 'trust-password', severity: 'warning', args: { user } });
    return;
  }
  if (isGiven(database) && textOf(database) !== '$external') {
    const problem = 'Atlas knows users of IAM in the database $external only';
    report(thing, database, { code: 'trust-sign-in', args: { user, problem, write: '$external' } });
  }
  if (isGiven(password)) {
    const problem = 'a user of IAM has no password';
    report(thing, password, {
      code: 'trust-sign-in',
      args: { user, problem, write: 'no passwordSecretRef' },
    });
  }
  const role = /^arn:[^:]*:iam::[0-9]{12}:role\/(?:.*\/)?([^/]+)$/.exec(user)?.[1];
  if (role === undefined || roles.length === 0 || roles.includes(role)) return;
  const similar = suggest(role, roles);
  const args = { arn: user, ...(similar === undefined ? {} : { similar }) };
  report(thing, name, { code: 'trust-database-role', severity: 'warning', args });
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
function cacheUser(thing: Thing, report: Report): void {
  const { asked, externalName } = thing;
  const name = at(asked, 'userName');
  const user = textOf(name);
  for (const mode of blocks(at(asked, 'authenticationMode'))) {
    const type = at(mode, 'type');
    if (textOf(type) === 'password')
      report(thing, type, { code: 'trust-password', severity: 'warning', args: { user } });
    if (textOf(type) === 'iam' && user !== '' && user !== externalName) {
      const problem = `with IAM its name and its id (${externalName}) are the same`;
      report(thing, name, { code: 'trust-sign-in', args: { user, problem, write: externalName } });
    }
  }
}

/** Groups of users need TLS, and a token beside them is a password for everybody. */
function cache(thing: Thing, report: Report): void {
  const { asked } = thing;
  const hasUsers = items(at(asked, 'userGroupIds')).length > 0;
  const token = at(asked, 'authTokenSecretRef');
  if (hasUsers && isGiven(token)) {
    const problem = 'a cache has users or a token, not both';
    const args = { user: 'whoever is in the user group', problem, write: 'no authTokenSecretRef' };
    report(thing, token, { code: 'trust-sign-in', args });
  }
  const tls = at(asked, 'transitEncryptionEnabled');
  if (tls.value !== true)
    report(thing, tls, {
      code: 'exposure-no-tls',
      severity: hasUsers ? 'error' : 'warning',
      args: { field: 'transitEncryptionEnabled' },
    });
}
