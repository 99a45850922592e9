import { at, type Field, items, numberOf, textOf } from '../builtin/field.ts';
import { statementsOf } from './policy-document.ts';
import { blocks, type Report, type Thing } from './thing.ts';

/** What is open to the whole internet, or to whoever reads along. */
export function checkExposure(things: readonly Thing[], report: Report): void {
  for (const thing of things) {
    for (const { field, severity } of rangesOf(thing)) {
      const range = textOf(field);
      // A prefix of no bits leaves nobody out, whatever stands before it.
      if (!range.endsWith('/0')) continue;
      const args = { field: nameOf(field), range };
      report(thing, field, { code: 'exposure-cidr', severity, args });
    }
    const policy = POLICIES.has(thing.kind) ? at(thing.asked, 'policy') : undefined;
    if (policy !== undefined && textOf(policy) !== '') judgePolicy(thing, policy, report);
  }
}

interface Range {
  readonly field: Field;
  readonly severity: 'error' | 'warning';
}

/** The name of a field, of a list its own. */
const nameOf = ({ key, parent }: Field): string =>
  typeof key === 'string' ? key : parent === undefined ? '' : nameOf(parent);

/** Fields that say who may come in. */
function rangesOf({ kind, asked }: Thing): readonly Range[] {
  if (kind === 'Cluster.eks.aws.upbound.io')
    return blocks(at(asked, 'vpcConfig')).flatMap((config) =>
      at(config, 'endpointPublicAccess').value === false
        ? []
        : items(at(config, 'publicAccessCidrs')).map((field) => ({ field, severity: 'error' as const })),
    );
  if (kind === 'IPAccessList.project.mongodbatlas.crossplane.io')
    return [{ field: at(asked, 'cidrBlock'), severity: 'error' }];
  if (kind === 'SecurityGroupIngressRule.ec2.aws.upbound.io') {
    // Load balancers are there for everybody, on the ports of the web.
    const isWeb = [80, 443].some(
      (port) => numberOf(at(asked, 'fromPort')) === port && numberOf(at(asked, 'toPort')) === port,
    );
    return isWeb
      ? []
      : ['cidrIpv4', 'cidrIpv6'].map((name) => ({ field: at(asked, name), severity: 'error' }));
  }
  return [];
}

const POLICIES: ReadonlySet<string> = new Set([
  'BucketPolicy.s3.aws.upbound.io',
  'QueuePolicy.sqs.aws.upbound.io',
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit */
function judgePolicy(thing: Thing, field: Field, report: Report): void {
  const statements = statementsOf(textOf(field));
  const kind = thing.manifest.object.kind;
  if (statements === undefined) {
    report(thing, field, { code: 'trust-policy-unreadable', severity: 'warning', args: { field: 'policy' } });
    return;
  }
  const refuses = statements.some(
    ({ isAllowed, principals, actions, conditions }) =>
      !isAllowed &&
      principals.includes('*') &&
      actions.some((action) => /^(\*|[a-z0-9]+:\*)$/i.test(action)) &&
      conditions.some(({ key, values }) => key === 'aws:SecureTransport' && values.includes('false')),
  );
  if (!refuses) report(thing, field, { code: 'exposure-plain-http', severity: 'warning', args: { kind } });
}
