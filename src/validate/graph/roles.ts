import { at, type Field, isFields, items, textOf } from '../builtin/field.ts';
import { annotationOf, type Document, type Documents } from './documents.ts';
import { isLike } from './pattern.ts';

/** An IAM role that ServiceAccounts may assume, as a claim or the role itself says. */
export interface Role {
  readonly name: string;
  readonly document: Document;
  /** `namespace/name`, with `*` for what a pattern leaves open. */
  readonly trusted: readonly string[];
  /** Audiences that the trust asks for; none: it does not ask. */
  readonly audiences: readonly string[];
  /** Undefined where nobody knows. */
  readonly account?: string;
}

/** On a ServiceAccount: the role that its pods act as. */
export const ROLE_ARN = 'eks.amazonaws.com/role-arn';

const ARN = /^arn:[^:]*:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/;

/** Account and name of a role; undefined for what is no ARN of one. */
export function roleOf(arn: string): { readonly account: string; readonly name: string } | undefined {
  const [, account, name] = ARN.exec(arn) ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}

/** By name. The role itself says more than the claim that it comes from. */
export function rolesOf(documents: Documents): ReadonlyMap<string, Role> {
  const accounts = accountsOf(documents);
  const roles = new Map<string, Role>();
  for (const document of documents.of('ServiceIdentity.platform.plimsoll.dev')) {
    const spec = at(document.root, 'spec');
    const account = accounts.get(textOf(at(spec, 'clusterName')));
    const serviceAccount = at(spec, 'serviceAccount');
    const subject = `${textOf(at(serviceAccount, 'namespace'))}/${textOf(at(serviceAccount, 'name'))}`;
    const role = textOf(at(spec, 'roleName'));
    roles.set(role, {
      ...{ name: role, document, trusted: [subject], audiences: [AUDIENCE] },
      ...(account !== undefined && { account }),
    });
  }
  for (const kind of ['Role.iam.aws.upbound.io', 'Role.iam.aws.m.upbound.io'])
    for (const document of documents.of(kind)) {
      const name = annotationOf(document, 'crossplane.io/external-name') || document.name;
      const trust = trustOf(textOf(at(document.root, 'spec', 'forProvider', 'assumeRolePolicy')));
      const claimed = roles.get(name);
      if (trust === undefined) continue;
      roles.set(name, { ...trust, name, document, ...(claimed?.account && { account: claimed.account }) });
    }
  return roles;
}

/** What the tokens that EKS gives to pods are for. */
export const AUDIENCE = 'sts.amazonaws.com';

const accountsOf = (documents: Documents): ReadonlyMap<string, string> =>
  new Map(
    documents.of('KubernetesCluster.platform.plimsoll.dev').flatMap(({ root }) => {
      const account = textOf(at(root, 'spec', 'account'));
      return account === '' ? [] : [[textOf(at(root, 'spec', 'name')), account] as const];
    }),
  );

const SUBJECT = 'system:serviceaccount:';

/**
 * Whom a policy of trust lets in by a token of a cluster; undefined where it can't be told, as for a policy that is
 * known only later. https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
function trustOf(policy: string): Pick<Role, 'trusted' | 'audiences'> | undefined {
  const parsed = parse(policy);
  if (parsed === undefined) return undefined;
  const trusted: string[] = [];
  const audiences: string[] = [];
  for (const statement of listOf(at(parsed, 'Statement'))) {
    if (!isFields(at(statement, 'Principal').value) || !('Federated' in asFields(at(statement, 'Principal'))))
      continue;
    const subjects = conditions(statement, ':sub');
    if (subjects.length === 0) trusted.push('*/*');
    for (const subject of subjects)
      if (subject.startsWith(SUBJECT)) trusted.push(subject.slice(SUBJECT.length).replace(':', '/'));
      else if (/[*?]/.test(subject)) trusted.push('*/*');
    audiences.push(...conditions(statement, ':aud'));
  }
  return { trusted, audiences };
}

const asFields = ({ value }: Field) => (isFields(value) ? value : {});

/** Values of the conditions on a key that ends so, of both operators that AWS's own examples use. */
const conditions = (statement: Field, ending: string): readonly string[] =>
  ['StringEquals', 'StringLike'].flatMap((operator) => {
    const condition = at(statement, 'Condition', operator);
    return Object.keys(asFields(condition))
      .filter((key) => key.endsWith(ending))
      .flatMap((key) => listOf(at(condition, key)).map(textOf));
  });

/** One, or a list of them, as IAM has it everywhere. */
const listOf = (field: Field): readonly Field[] => (Array.isArray(field.value) ? items(field) : [field]);

function parse(text: string): Field | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a pattern of IAM (`*` any, `?` one) lets a `namespace/name` in. */
export function isTrusted(patterns: readonly string[], subject: string): boolean {
  return patterns.some((pattern) => isLike(pattern, subject));
}
