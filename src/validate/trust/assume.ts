import { at, type Field, textOf } from '../builtin/field.ts';
import { type Condition, type Statement, statementsOf } from './policy-document.ts';
import type { Report, Thing } from './thing.ts';

/**
 * Who may assume roles: never everybody, and of a cluster one ServiceAccount, whose whole name is compared.
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function checkAssuming(things: readonly Thing[], report: Report): void {
  for (const thing of things) {
    if (thing.kind !== 'Role.iam.aws.upbound.io') continue;
    const field = at(thing.asked, 'assumeRolePolicy');
    if (textOf(field) === '') continue;
    const statements = statementsOf(textOf(field));
    if (statements === undefined) {
      const args = { field: 'assumeRolePolicy' };
      report(thing, field, { code: 'trust-policy-unreadable', severity: 'warning', args });
    }
    for (const statement of statements ?? []) if (statement.isAllowed) judge(thing, field, statement, report);
  }
}

function judge(thing: Thing, field: Field, statement: Statement, report: Report): void {
  const { name, principals, conditions, isInverted } = statement;
  if ((isInverted || principals.includes('*')) && conditions.length === 0)
    report(thing, field, { code: 'trust-anybody', args: { statement: name } });
  if (principals.some((principal) => /:oidc-provider\/oidc\.eks\./.test(principal)))
    judgeWebIdentity(thing, field, statement, report);
}

function judgeWebIdentity(
  thing: Thing,
  field: Field,
  { name: statement, conditions }: Statement,
  report: Report,
): void {
  const of = (claim: string) => conditions.filter(({ key }) => key.endsWith(`:${claim}`));
  const subjects = of('sub').filter(isDemanded);
  const open = subjects
    .filter(isPattern)
    .flatMap(({ values }) => values.filter((value) => /[*?]/.test(value)));
  if (subjects.length === 0) report(thing, field, { code: 'trust-open-subject', args: { statement } });
  else if (open[0] !== undefined && subjects.every(isPattern)) {
    const args = { statement, subject: open[0] };
    report(thing, field, { code: 'trust-open-subject', args });
  }
  if (!of('aud').some(isDemanded)) report(thing, field, { code: 'trust-no-audience', args: { statement } });
}

/** Compared with something that must be there: `…IfExists` and `StringNot…` let others in. */
const isDemanded = ({ operator, values }: Condition): boolean =>
  /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike)$/.test(operator) &&
  values.length > 0;

const isPattern = ({ operator }: Condition): boolean => operator.endsWith('Like');
