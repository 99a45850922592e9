import { describe, expect, it } from 'vitest';
import { accessLevels, GRANTS, grantRule, USED_KINDS } from '#model/grants.ts';
import { grantsTable } from '#model/grants-table.ts';
import { policyDocument } from '#model/iam.ts';
import { granted } from '#model/identities.ts';
import { statementsOf, usesOf, variablesOf } from '#model/uses.ts';
import { mongoDatabase } from '#platform/mongo-database/definition.ts';
import { valkeyCache } from '#platform/valkey-cache/definition.ts';
import { sample } from './sample.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:tideline-production-voyage-events';
const BUCKET = 'arn:aws:s3:::tideline-production-documents-euw1';
const CACHE = 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:tideline-production-sessions';
const CACHE_USER = 'arn:aws:elasticache:eu-west-1:111122223333:user:tideline-production-sessions-api';

const uses = (name: string, access: 'read' | 'write' | 'readWrite' | 'send' | 'receive' | 'call') =>
  usesOf(sample({ api: { uses: { [name]: access } }, planner: {} }), 'api');

const statements = (...use: Parameters<typeof uses>) => uses(...use).flatMap(statementsOf);
const variables = (...use: Parameters<typeof uses>) =>
  Object.fromEntries(
    uses(...use)
      .flatMap(variablesOf)
      .map(({ name, value }) => [name, 'text' in value ? value.text : value.secret]),
  );

describe('IAM statements, exactly', () => {
  it.each([
    ['bookings', 'read', []],
    ['bookings', 'readWrite', []],
    ['sessions', 'read', [['SessionsConnect', ['elasticache:Connect'], [CACHE, CACHE_USER]]]],
    ['sessions', 'readWrite', [['SessionsConnect', ['elasticache:Connect'], [CACHE, CACHE_USER]]]],
    [
      'voyage-events',
      'send',
      [['VoyageEventsSend', ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'], [QUEUE]]],
    ],
    [
      'voyage-events',
      'receive',
      [
        [
          'VoyageEventsReceive',
          [
            'sqs:ChangeMessageVisibility',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'sqs:GetQueueUrl',
            'sqs:ReceiveMessage',
          ],
          [QUEUE],
        ],
      ],
    ],
    [
      'documents',
      'read',
      [
        ['DocumentsReadObjects', ['s3:GetObject'], [`${BUCKET}/*`]],
        ['DocumentsListBucket', ['s3:ListBucket'], [BUCKET]],
      ],
    ],
    [
      'documents',
      'write',
      [
        [
          'DocumentsWriteObjects',
          ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
          [`${BUCKET}/*`],
        ],
      ],
    ],
    [
      'documents',
      'readWrite',
      [
        ['DocumentsReadObjects', ['s3:GetObject'], [`${BUCKET}/*`]],
        ['DocumentsListBucket', ['s3:ListBucket'], [BUCKET]],
        [
          'DocumentsWriteObjects',
          ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
          [`${BUCKET}/*`],
        ],
      ],
    ],
    ['planner', 'call', []],
  ] as const)('%s: %s', (name, access, expected) => {
    expect(statements(name, access)).toEqual(
      expected.map(([sid, actions, resources]) => ({ sid, effect: 'Allow', actions, resources })),
    );
  });

  it.each([
    ['voyage-events', 'send', 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['voyage-events', 'receive', 'sqs', ['kms:Decrypt']],
    ['documents', 'read', 's3', ['kms:Decrypt']],
    ['documents', 'write', 's3', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['documents', 'readWrite', 's3', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ] as const)('%s: %s, of what has a key of its own', (name, access, service, actions) => {
    const kmsKey = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666';
    const environment = sample(
      { api: { uses: { [name]: access } } },
      {
        queues: { 'voyage-events': { fifo: false, maxReceiveCount: 5, kmsKey } },
        buckets: { documents: { versioning: true, kmsKey } },
      },
    );
    const [key] = usesOf(environment, 'api').flatMap(statementsOf).slice(-1);
    expect(key).toMatchObject({
      actions,
      resources: [kmsKey],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` } },
    });
  });

  it('never name an action or a thing by a wildcard, but for the objects of a bucket', () => {
    const all = GRANTS.flatMap(({ iam }) => iam.flatMap(({ actions }) => actions));
    expect(all.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('have ids of letters and digits that differ, however names are hyphenated', () => {
    const environment = sample(
      { api: { uses: { 'a-b': 'send', 'a--b': 'send', ab: 'send' } } },
      {
        queues: Object.fromEntries(
          ['a-b', 'a--b', 'ab'].map((n) => [n, { fifo: false, maxReceiveCount: 5 }]),
        ),
      },
    );
    const sids = usesOf(environment, 'api')
      .flatMap(statementsOf)
      .map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(3);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });
});

describe('environment variables, exactly', () => {
  it('of a database', () => {
    expect(variables('bookings', 'read')).toEqual({
      BOOKINGS_MONGODB_URI: { name: 'bookings-mongodb', key: 'connectionStringPrivateSrv' },
      BOOKINGS_MONGODB_DATABASE: 'bookings',
      BOOKINGS_MONGODB_AUTH_MECHANISM: 'MONGODB-AWS',
    });
  });

  it('of a cache', () => {
    expect(variables('sessions', 'readWrite')).toEqual({
      SESSIONS_VALKEY_HOST: { name: 'sessions-valkey', key: 'host' },
      SESSIONS_VALKEY_PORT: '6379',
      SESSIONS_VALKEY_USERNAME: 'tideline-production-sessions-api',
      SESSIONS_VALKEY_CACHE_NAME: 'tideline-production-sessions',
      SESSIONS_VALKEY_TLS: 'true',
      SESSIONS_VALKEY_CLUSTER_MODE: 'false',
      SESSIONS_VALKEY_SERVERLESS: 'false',
    });
    expect(variables('tracks', 'read')['TRACKS_VALKEY_CLUSTER_MODE']).toBe('true');
  });

  it('of a serverless cache', () => {
    const quotes = {
      serverless: { maximumGiB: 10, maximumECPU: 5000 },
      version: '8.0',
      shards: 1,
      replicas: 1,
    } as const;
    const [use] = usesOf(sample({ api: { uses: { quotes: 'read' } } }, { caches: { quotes } }), 'api');
    const derived = variablesOf(use ?? expect.fail()).map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(derived)).toMatchObject({
      QUOTES_VALKEY_HOST: { secret: { name: 'quotes-valkey', key: 'host' } },
      QUOTES_VALKEY_CACHE_NAME: { text: 'tideline-production-quotes' },
      QUOTES_VALKEY_CLUSTER_MODE: { text: 'true' },
      QUOTES_VALKEY_SERVERLESS: { text: 'true' },
    });
    expect(statementsOf(use ?? expect.fail())).toMatchObject([
      {
        actions: ['elasticache:Connect'],
        resources: [
          'arn:aws:elasticache:eu-west-1:111122223333:serverlesscache:tideline-production-quotes',
          'arn:aws:elasticache:eu-west-1:111122223333:user:tideline-production-quotes-api',
        ],
      },
    ]);
  });

  it('of a database that is reached by addresses', () => {
    const databases = {
      bookings: {
        tier: 'M10' as const,
        version: '8.0' as const,
        nodes: 3 as const,
        addresses: ['203.0.113.7/32'],
      },
    };
    const [use] = usesOf(sample({ api: { uses: { bookings: 'read' } } }, { databases }), 'api');
    expect(variablesOf(use ?? expect.fail())[0]?.value).toEqual({
      secret: { name: 'bookings-mongodb', key: 'connectionStringStandardSrv' },
    });
  });

  it('of queues, buckets and services', () => {
    expect(variables('voyage-events', 'send')).toEqual({
      VOYAGE_EVENTS_QUEUE_URL:
        'https://sqs.eu-west-1.amazonaws.com/111122223333/tideline-production-voyage-events',
    });
    expect(variables('invoices', 'receive')['INVOICES_QUEUE_URL']).toMatch(/-invoices\.fifo$/);
    expect(variables('documents', 'read')).toEqual({
      DOCUMENTS_BUCKET: 'tideline-production-documents-euw1',
    });
    expect(variables('planner', 'call')).toEqual({
      PLANNER_URL: 'http://planner.tideline.svc.cluster.local:80',
      PLANNER_ADDRESS: 'planner.tideline.svc.cluster.local:80',
    });
  });

  it('come from keys that the connection secrets really have', () => {
    const keys: Readonly<Record<string, readonly string[]>> = {
      'bookings-mongodb': mongoDatabase.connectionSecretKeys,
      'sessions-valkey': valkeyCache.connectionSecretKeys,
    };
    const secrets = [...uses('bookings', 'read'), ...uses('sessions', 'read')]
      .flatMap(variablesOf)
      .flatMap(({ value }) => ('secret' in value ? [value.secret] : []));
    expect(secrets.filter(({ name, key }) => !keys[name]?.includes(key))).toEqual([]);
    expect(secrets).toHaveLength(2);
  });
});

describe('identities and users', () => {
  const environment = sample({
    api: { uses: { bookings: 'readWrite', sessions: 'read', web: 'call' } },
    web: { uses: { api: 'call' } },
    planner: { uses: { bookings: 'read' } },
  });

  it('give a role to whoever uses AWS or Atlas, and to nobody else', () => {
    expect(granted(environment).identities.map(({ role }) => role)).toEqual([
      'aws-load-balancer-controller',
      'cluster-autoscaler',
      'api',
      'planner',
    ]);
  });

  it('let only one ServiceAccount assume a role', () => {
    expect(granted(environment).identities.map(({ serviceAccount }) => serviceAccount)).toEqual([
      { namespace: 'kube-system', name: 'aws-load-balancer-controller' },
      { namespace: 'kube-system', name: 'cluster-autoscaler' },
      { namespace: 'tideline', name: 'api' },
      { namespace: 'tideline', name: 'planner' },
    ]);
  });

  it('make a user for each service and database, and each service and cache', () => {
    expect(granted(environment).databaseUsers).toEqual([
      { service: 'api', database: 'bookings', access: 'readWrite' },
      { service: 'planner', database: 'bookings', access: 'read' },
    ]);
    expect(granted(environment).cacheUsers).toEqual([{ service: 'api', cache: 'sessions', access: 'read' }]);
  });

  it('let a user of a cache read, or read and write, but nothing dangerous', () => {
    expect(grantRule('cache', 'read')?.accessString).toBe(
      'on ~* -@all +@read +@connection +cluster|slots +cluster|shards -@dangerous',
    );
    expect(grantRule('cache', 'readWrite')?.accessString).toBe(
      'on ~* +@all -@dangerous +cluster|slots +cluster|shards',
    );
  });

  it('bound the load balancer controller to what this cluster owns', () => {
    const [controller] = granted(environment).identities;
    const changing = controller?.statements.filter(({ sid }) => sid !== 'Describe') ?? [];
    expect(changing.filter(({ resources }) => resources.includes('*'))).toEqual([]);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(policyDocument(controller?.statements ?? []).length).toBeLessThan(6144);
  });
});

describe('the table', () => {
  it('has a row for every kind and level, each once', () => {
    const rows = grantsTable().map(({ kind, access }) => `${kind} ${access}`);
    expect(new Set(rows).size).toBe(rows.length);
    expect(
      USED_KINDS.flatMap((kind) => accessLevels(kind).map((access) => `${kind} ${access}`)).sort(),
    ).toEqual([...rows].sort());
  });

  it('says in words what is derived', () => {
    expect(grantsTable().find(({ kind, access }) => kind === 'queue' && access === 'send')).toEqual({
      kind: 'queue',
      access: 'send',
      iam: [
        'sqs:GetQueueAttributes on the queue',
        'sqs:GetQueueUrl on the queue',
        'sqs:SendMessage on the queue',
        'kms:Decrypt on its KMS key, where it has one, through SQS',
        'kms:GenerateDataKey on its KMS key, where it has one, through SQS',
      ],
      variables: ['NAME_QUEUE_URL'],
      secrets: [],
      network: ['anywhere, port 443 (AWS APIs; STS for the role)'],
    });
  });
});
