import { Type } from 'typebox';

/**
 * Strings with a form, as JSON Schema: each pattern is one that AWS, Atlas or Kubernetes enforces. `title` says
 * in words what the pattern wants and `examples` show it: findings and editors quote both.
 */

/** DNS-1123 label: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const dnsLabel = (description: string, maxLength = 63) =>
  Type.String({
    pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
    maxLength,
    minLength: 1,
    title: 'lower-case letters, digits and hyphens, a letter first',
    examples: ['tideline'],
    description,
  });

/** A duration of whole units: `90s`, `15m`, `12h`, `7d`. */
export const duration = (description: string) =>
  Type.String({
    pattern: '^[1-9][0-9]{0,6}(s|m|h|d)$',
    title: 'a duration: a whole number and s, m, h or d',
    examples: ['90s', '15m', '12h', '7d'],
    description,
  });

/** A Kubernetes quantity of memory or storage in binary units: `512Mi`, `50Gi`. */
export const bytes = (description: string) =>
  Type.String({
    pattern: '^[1-9][0-9]{0,5}(Mi|Gi|Ti)$',
    title: 'a whole number and Mi, Gi or Ti',
    examples: ['512Mi', '50Gi'],
    description,
  });

/** A Kubernetes quantity of CPU: `250m`, `2`. */
export const cpu = (description: string) =>
  Type.String({
    pattern: '^([1-9][0-9]{0,5}m|[1-9][0-9]{0,2}|0?\\.[0-9]{1,3})$',
    title: 'CPUs as text: whole ones, or thousandths with m',
    examples: ['250m', '2'],
    description,
  });

/** An IPv4 network in CIDR notation. */
export const cidr = (description: string) =>
  Type.String({
    pattern: '^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$',
    title: 'an IPv4 range: an address, a slash, the length of its prefix',
    examples: ['10.20.0.0/16'],
    description,
  });

/** A fully qualified host name in lower case. */
export const hostname = (description: string) =>
  Type.String({
    pattern: '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$',
    maxLength: 253,
    title: 'a host name of at least two parts, in lower case',
    examples: ['ship.tideline.example'],
    description,
  });

/** An IAM role's ARN. */
export const roleArn = (description: string) =>
  Type.String({
    pattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/.{1,512}$',
    title: 'the ARN of an IAM role',
    examples: ['arn:aws:iam::111122223333:role/crossplane'],
    description,
  });

/** A KMS key's ARN. Aliases are refused: IAM grants rights on keys only. */
export const kmsKey = (description: string) =>
  Type.String({
    pattern: '^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-)?[a-f0-9-]{32,36}$',
    maxLength: 128,
    title: 'the ARN of a KMS key',
    examples: ['arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666'],
    description,
  });

/** An SNS topic's ARN. */
export const topic = (description: string) =>
  Type.String({
    pattern: '^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$',
    maxLength: 320,
    title: 'the ARN of an SNS topic',
    examples: ['arn:aws:sns:eu-west-1:111122223333:fleet-alarms'],
    description,
  });

/** The global name of an S3 bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const globalBucketName = (description: string) =>
  Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
    title: '3 to 63 lower-case letters, digits and hyphens',
    examples: ['tideline-production-documents-euw1'],
    description,
  });

/** The id of a Route 53 zone. */
export const hostedZones = (description: string) =>
  Type.Array(
    Type.String({
      pattern: '^Z[A-Z0-9]{1,31}$',
      title: 'the id of a Route 53 zone',
      examples: ['Z0123456789TIDELINE'],
    }),
    { minItems: 1, maxItems: 20, uniqueItems: true, description },
  );

/** The name of a secret: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretName = (description: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9/_+=.@-]{1,512}$',
    maxLength: 512,
    title: 'the name of a secret of Secrets Manager',
    examples: ['tideline/production/atlas'],
    description,
  });

/** A weekly window in UTC, as AWS writes it: `sun:04:00-sun:05:00`. */
export const weeklyWindow = (description: string) =>
  Type.String({
    pattern:
      '^(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]$',
    title: 'a weekly window in UTC: day:hour:minute-day:hour:minute',
    examples: ['sun:04:00-sun:05:00'],
    description,
  });

/** An hour of the week in UTC: `sun:04:00`. */
export const weeklyHour = (description: string) =>
  Type.String({
    pattern: '^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):00$',
    maxLength: 9,
    title: 'an hour of the week in UTC: day:hour:00',
    examples: ['sun:04:00'],
    description,
  });

/** A daily window in UTC: `02:00-03:00`. */
export const dailyWindow = (description: string) =>
  Type.String({
    pattern: '^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$',
    title: 'a daily window in UTC: hour:minute-hour:minute',
    examples: ['02:00-03:00'],
    description,
  });

/** An object that refuses unknown fields. */
export const strict = <P extends Type.TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });

/** A map from a team's own names to one kind of thing. */
export const named = <T extends Type.TSchema>(value: T, description: string, maxLength = 40) =>
  Type.Record(Type.String({ pattern: `^[a-z]([-a-z0-9]{0,${maxLength - 2}}[a-z0-9])?$` }), value, {
    additionalProperties: false,
    propertyNames: Type.String({
      title: `lower-case letters, digits and hyphens, a letter first, at most ${maxLength} characters`,
    }),
    description,
  });
