import { at, textOf } from '../builtin/field.ts';
import { annotationOf, type Document } from './documents.ts';
import type { Graph, Report } from './graph.ts';
import { referred } from './reference.ts';
import { AUDIENCE, isTrusted, ROLE_ARN, type Role, roleOf, rolesOf } from './roles.ts';

const CLAIM = 'ServiceIdentity.platform.plimsoll.dev';

/**
 * ServiceAccounts and the IAM roles that their pods act as (IRSA): the annotation, the role, its trust.
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 *
 * Judged where the documents hold a role that trusts a ServiceAccount; else roles are made elsewhere.
 */
export function identities(graph: Graph, report: Report): void {
  const roles = rolesOf(graph.cloud);
  const trusting = [...roles.values()].filter(({ trusted }) => trusted.length > 0);
  if (trusting.length === 0) return;
  const made = new Map(trusting.flatMap((role) => role.trusted.map((subject) => [subject, role] as const)));
  const signedInWith = signedIn(graph);
  for (const account of graph.documents.of('ServiceAccount')) {
    if (annotationOf(account, ROLE_ARN) !== '') named(graph, report, account, { roles, made, signedInWith });
    else unnamed(graph, report, account, made);
  }
  for (const claim of graph.cloud.of(CLAIM)) serviceAccount(graph, report, claim);
}

interface Known {
  readonly roles: ReadonlyMap<string, Role>;
  /** Roles by the one ServiceAccount that they trust. */
  readonly made: ReadonlyMap<string, Role>;
  /** ARNs of roles that Crossplane's providers have: those are there before anything that Crossplane makes. */
  readonly signedInWith: ReadonlySet<string>;
}

const signedIn = (graph: Graph): ReadonlySet<string> =>
  new Set(
    graph.documents
      .of('DeploymentRuntimeConfig.pkg.crossplane.io')
      .map(({ root }) =>
        textOf(at(root, 'spec', 'serviceAccountTemplate', 'metadata', 'annotations', ROLE_ARN)),
      ),
  );

function named(graph: Graph, report: Report, account: Document, { roles, made, signedInWith }: Known): void {
  const field = at(account.root, 'metadata', 'annotations', ROLE_ARN);
  const arn = roleOf(textOf(field));
  if (arn === undefined) return;
  const { account: number, name } = arn;
  const subject = `${account.namespace}/${account.name}`;
  const role = roles.get(name);
  if (role === undefined && signedInWith.has(textOf(field))) return;
  if (role === undefined) {
    const own = made.get(subject)?.name;
    const similar = own ?? graph.suggest(name, [...roles.keys()]);
    const args = { role: name, ...(similar !== undefined && { similar }) };
    // Where there is a role for this very ServiceAccount, it is that one that is meant.
    const severity = own === undefined ? 'warning' : 'error';
    report(account, field, { code: 'identity-role-missing', severity, args });
    return;
  }
  if (role.account !== undefined && role.account !== number) {
    const args = { role: name, account: number, expected: role.account };
    report(account, field, { code: 'identity-account', args });
  }
  if (!isTrusted(role.trusted, subject)) {
    const args = { role: name, serviceAccount: subject, trusted: role.trusted.slice(0, SHOWN) };
    report(account, field, { code: 'identity-subject', args });
  } else if (!role.audiences.includes(AUDIENCE)) {
    const severity = role.audiences.length === 0 ? 'warning' : 'error';
    report(account, field, { code: 'identity-audience', severity, args: { role: name } });
  }
}

const SHOWN = 5;

function unnamed(graph: Graph, report: Report, account: Document, made: Known['made']): void {
  const role = made.get(`${account.namespace}/${account.name}`);
  if (role === undefined || isAssociated(graph, account)) return;
  report(account, at(account.root, 'metadata', 'annotations'), {
    code: 'identity-unused',
    args: { role: role.name },
  });
}

/** EKS Pod Identity needs no annotation. */
const isAssociated = ({ cloud }: Graph, { namespace, name }: Document): boolean =>
  cloud
    .of('PodIdentityAssociation.eks.aws.upbound.io')
    .map(({ root }) => at(root, 'spec', 'forProvider'))
    .some(
      (association) =>
        textOf(at(association, 'namespace')) === namespace &&
        textOf(at(association, 'serviceAccount')) === name,
    );

/** A claim for a ServiceAccount that is not there. */
function serviceAccount(graph: Graph, report: Report, claim: Document): void {
  const place = at(claim.root, 'spec', 'serviceAccount');
  const namespace = textOf(at(place, 'namespace'));
  const name = at(place, 'name');
  if (textOf(name) !== 'default') referred(graph, report, claim, name, { kind: 'ServiceAccount', namespace });
}
