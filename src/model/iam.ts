/** IAM permissions as data; what a `uses:` line grants is said in these words. */

/** A value of a condition: one string, or several of which one must match. */
type IamConditionValue = string | readonly string[];

/** Operator -> condition key -> value, as IAM writes conditions: `StringEquals: { 'aws:RequestedRegion': ... }`. */
export type IamConditions = Readonly<Record<string, Readonly<Record<string, IamConditionValue>>>>;

/** One statement of a policy. Deny is not offered: what is not allowed is denied. */
export interface IamStatement {
  /** Letters and digits; unique within the policy. */
  readonly sid: string;
  readonly effect: 'Allow';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: IamConditions;
}

/** A statement in IAM's own spelling. Lists are always lists, so that every statement has one shape. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * Translates a statement to IAM's spelling:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyStatement(statement: IamStatement): PolicyStatement {
  const { sid, effect, actions, resources, conditions } = statement;
  const base = { Sid: sid, Effect: effect, Action: [...actions], Resource: [...resources] };
  return conditions === undefined ? base : { ...base, Condition: conditionLists(conditions) };
}

/** The policy document of some statements. Same statements, same text: nothing is reordered, no white space. */
export function policyDocument(statements: readonly IamStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(policyStatement) });
}

function conditionLists(conditions: IamConditions): NonNullable<PolicyStatement['Condition']> {
  const lists = (keys: Readonly<Record<string, IamConditionValue>>) =>
    Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [key, typeof value === 'string' ? [value] : [...value]]),
    );
  return Object.fromEntries(Object.entries(conditions).map(([operator, keys]) => [operator, lists(keys)]));
}

/**
 * Actions whose names sound like looking, and that hand out data or credentials:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const TELLS_MORE =
  /^(s3:GetObject|secretsmanager:(BatchGet|Get)SecretValue|ssm:Get|dynamodb:(BatchGet|Get)Item|sts:Get(Federation|Session)|kms:|kinesis:GetRecords|codecommit:Get|lambda:GetFunction$|ecr:BatchGetImage|ecr:GetDownload)/;

/** Whether an action looks at what there is, and changes and gives away nothing: it may be allowed on everything. */
export const onlyLooks = (action: string): boolean =>
  /^[a-z0-9-]+:(BatchGet|Describe|Get|List)[A-Za-z0-9]*\*?$/.test(action) && !TELLS_MORE.test(action);
