import { GRANTS, type GrantRule, WAYS } from './grants.ts';

/** The table of `grants.ts` in words, one row for each kind and access level, for the documentation. */
export interface GrantRow {
  readonly kind: string;
  readonly access: string;
  /** IAM actions, each with what it applies to: `sqs:SendMessage on the queue`. */
  readonly iam: readonly string[];
  /** Names of variables, with `NAME` for the thing's name in capitals. */
  readonly variables: readonly string[];
  /** Those of the variables that come from a connection secret. */
  readonly secrets: readonly string[];
  readonly network: readonly string[];
  /** Role in the database, or what the cache's user may do. */
  readonly inside?: string;
}

export const grantsTable = (): readonly GrantRow[] => GRANTS.map(row);

/** What the names of `RESOURCES` mean to a reader. */
const WORDS = {
  queue: 'the queue',
  bucket: 'the bucket',
  objects: 'its objects',
  cache: 'the cache',
  cacheUser: 'the service’s user of the cache',
  queueKey: 'its KMS key, where it has one, through SQS',
  bucketKey: 'its KMS key, where it has one, through S3',
} as const;

function row({ kind, access, iam, variables, ways, databaseRole, accessString }: GrantRule): GrantRow {
  const inside = databaseRole ?? accessString;
  return {
    kind,
    access,
    iam: iam.flatMap(({ actions, on }) =>
      actions.map((action) => `${action} on ${on.map((resource) => WORDS[resource]).join(' and ')}`),
    ),
    variables: variables.map(({ suffix }) => `NAME_${suffix}`),
    secrets: variables.filter(({ isSecret }) => isSecret).map(({ suffix }) => `NAME_${suffix}`),
    network: ways.map((way) => WAYS[way]),
    ...(inside === undefined ? {} : { inside }),
  };
}
