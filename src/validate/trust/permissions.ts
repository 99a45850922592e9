import { onlyLooks } from '#model/iam.ts';
import type { Suggest } from '#model/suggest.ts';
import { at, type Field, items, textOf } from '../builtin/field.ts';
import { type Statement, statementsOf } from './policy-document.ts';
import type { Report, Thing } from './thing.ts';

/**
 * What roles may do: named actions on named things. A condition narrows a statement down in ways that nobody can judge
 * from here, so one that has any is left alone, but for its actions.
 */
/** @param account The account of all things, where it is known. */
export function checkPermissions(
  things: readonly Thing[],
  account: string | undefined,
  suggest: Suggest,
  report: Report,
): void {
  const known = knownNames(things);
  for (const thing of things) {
    for (const field of policiesOf(thing)) {
      const statements = statementsOf(textOf(field));
      if (statements === undefined) {
        const args = { field: String(field.key) };
        report(thing, field, { code: 'trust-policy-unreadable', severity: 'warning', args });
        continue;
      }
      const allowed = statements.filter(({ isAllowed }) => isAllowed);
      for (const statement of allowed) {
        judgeWidth(thing, field, statement, report);
        judgeConnect(thing, field, statement, report);
        judgeResources(thing, field, statement, { known, account, suggest }, report);
      }
    }
  }
}

/** Texts that say what somebody may do. */
function policiesOf({ kind, asked }: Thing): readonly Field[] {
  const fields =
    kind === 'RolePolicy.iam.aws.upbound.io' || kind === 'Policy.iam.aws.upbound.io'
      ? [at(asked, 'policy')]
      : kind === 'Role.iam.aws.upbound.io'
        ? items(at(asked, 'inlinePolicy')).map((inline) => at(inline, 'policy'))
        : [];
  return fields.filter((field) => textOf(field) !== '');
}

function judgeWidth(thing: Thing, field: Field, statement: Statement, report: Report): void {
  const { name, actions, resources, conditions } = statement;
  const wide = actions.filter((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action));
  if (wide.length > 0)
    report(thing, field, { code: 'trust-wide-action', args: { statement: name, actions: wide } });
  const changing = actions.filter((action) => !onlyLooks(action) && !wide.includes(action));
  if (changing.length > 0 && resources.includes('*') && conditions.length === 0) {
    const args = { statement: name, actions: changing };
    report(thing, field, { code: 'trust-wide-resource', severity: 'warning', args });
  }
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html#auth-iam-limits */
function judgeConnect(
  thing: Thing,
  field: Field,
  { name, actions, resources }: Statement,
  report: Report,
): void {
  if (!actions.includes('elasticache:Connect') || resources.includes('*')) return;
  const has = (pattern: RegExp) => resources.some((resource) => pattern.test(resource));
  const missing = [
    ...(has(/:(replicationgroup|serverlesscache|\*)/) ? [] : (['cache'] as const)),
    ...(has(/:(user|\*)/) ? [] : (['user'] as const)),
  ];
  for (const part of missing)
    report(thing, field, { code: 'trust-half-connect', args: { statement: name, missing: part } });
}

/** Kinds of which an ARN tells the name, as far as the name is given and not AWS's own. */
const NAMED: readonly { readonly kind: string; readonly form: RegExp }[] = [
  { kind: 'Queue.sqs.aws.upbound.io', form: /^arn:[^:]*:sqs:[^:]*:[^:]*:([^:*?]+)$/ },
  { kind: 'Bucket.s3.aws.upbound.io', form: /^arn:[^:]*:s3:::([^/*?]+)(\/|$)/ },
  {
    kind: 'ReplicationGroup.elasticache.aws.upbound.io',
    form: /^arn:[^:]*:elasticache:[^:]*:[^:]*:replicationgroup:([^:*?]+)$/,
  },
  {
    kind: 'ServerlessCache.elasticache.aws.upbound.io',
    form: /^arn:[^:]*:elasticache:[^:]*:[^:]*:serverlesscache:([^:*?]+)$/,
  },
  { kind: 'User.elasticache.aws.upbound.io', form: /^arn:[^:]*:elasticache:[^:]*:[^:]*:user:([^:*?]+)$/ },
];

/** By kind: the names there are, each with the region that it is in. */
type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

function knownNames(things: readonly Thing[]): Names {
  const names = new Map<string, Map<string, string>>();
  for (const { kind, asked, externalName } of things) {
    const name = kind === 'Queue.sqs.aws.upbound.io' ? textOf(at(asked, 'name')) : externalName;
    if (!NAMED.some((one) => one.kind === kind) || name === '') continue;
    const known = names.get(kind) ?? new Map<string, string>();
    names.set(kind, known.set(name, textOf(at(asked, 'region'))));
  }
  return names;
}

/** Whether an ARN's region and account, where it names them, are those of the thing. */
function isThere(arn: string, region: string, account: string | undefined): boolean {
  const [, , , arnRegion = '', arnAccount = ''] = arn.split(':');
  const agrees = (given: string, own: string | undefined) =>
    given === '' || own === undefined || own === '' || /[*?]/.test(given) || given === own;
  return agrees(arnRegion, region) && agrees(arnAccount, account);
}

/** Things that are named must be there, where things of their kind are among the manifests at all. */
function judgeResources(
  thing: Thing,
  field: Field,
  { name: statement, resources }: Statement,
  {
    known,
    account,
    suggest,
  }: { readonly known: Names; readonly account: string | undefined; readonly suggest: Suggest },
  report: Report,
): void {
  for (const arn of resources) {
    for (const { kind, form } of NAMED) {
      const name = form.exec(arn)?.[1];
      const names = known.get(kind);
      if (name === undefined || names === undefined) continue;
      const there = names.get(name);
      if (there !== undefined && isThere(arn, there, account)) continue;
      const similar = there === undefined ? suggest(name, [...names.keys()]) : undefined;
      const args = {
        statement,
        arn,
        kind: kind.slice(0, kind.indexOf('.')),
        ...(similar === undefined ? {} : { similar }),
      };
      report(thing, field, { code: 'trust-unknown-resource', severity: 'warning', args });
    }
  }
}
