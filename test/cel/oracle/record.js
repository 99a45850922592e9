import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { argv, env } from 'node:process';
import { parse } from 'yaml';

/**
 * Asks a running API server what expressions come to, and writes down its answers: all expressions of the fixture
 * again, and those that were added to it with nothing but their text.
 *
 * Each expression becomes a rule of a definition, on a field of its own, that every value breaks; what the server says of
 * the broken rule is the expression's value, as `'%s'.format([…])` writes it, or its error. A new rule may use only
 * what the release before knew, so the rules are put into the definition where it is stored. Hence etcd must be at hand.
 *
 *   PLIMSOLL_KUBECONFIG=… PLIMSOLL_ETCD=http://127.0.0.1:12379 node test/cel/oracle/record.js
 *
 * @typedef {{ expression: string, value?: string, error?: string, issue?: string, refused?: string }} Case
 */

const fixture = new URL('../fixtures/recorded-1.34.json', import.meta.url);
const GROUP = 'recorded.tideline.example';
const KEY = `/registry/apiextensions.k8s.io/customresourcedefinitions/logs.${GROUP}`;
/** So many share a definition: all evaluations of one object share a budget. */
const AT_ONCE = 40;

const kubeconfig = parse(readFileSync(env['PLIMSOLL_KUBECONFIG'] ?? '', 'utf8'));
const { server, 'certificate-authority-data': authority } = kubeconfig.clusters[0].cluster;
const agent = new https.Agent({ ca: Buffer.from(authority, 'base64'), keepAlive: true });
const etcd = env['PLIMSOLL_ETCD'] ?? 'http://127.0.0.1:12379';

/**
 * @param {string} method @param {string} path @param {unknown} [body]
 * @returns {Promise<{ status: number, body: any }>}
 */
function ask(method, path, body) {
  const headers = {
    authorization: `Bearer ${kubeconfig.users[0].user.token}`,
    'content-type': 'application/json',
  };
  return new Promise((resolve, reject) => {
    const request = https.request(new URL(path, server), { method, agent, headers }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : text });
      });
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** @param {string} operation @param {object} body */
async function keep(operation, body) {
  const response = await fetch(`${etcd}/v3/kv/${operation}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`etcd ${operation}: ${await response.text()}`);
  return response.json();
}

/** @param {string} text */
const base64 = (text) => Buffer.from(text).toString('base64');

/** @param {readonly string[]} expressions */
function rulesOf(expressions) {
  return Object.fromEntries(
    expressions.map((expression, index) => {
      const shown = `'%s'.format([dyn(${expression})])`;
      const rule = { rule: `${shown} == 'never'`, messageExpression: `'=' + ${shown}` };
      return [`c${index}`, { type: 'integer', 'x-kubernetes-validations': [rule] }];
    }),
  );
}

/** @param {object} properties */
const definition = (properties) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `logs.${GROUP}` },
  spec: {
    group: GROUP,
    names: { kind: 'Log', plural: 'logs', singular: 'log' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } },
      },
    ],
  },
});

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** @param {object} properties */
async function store(properties) {
  const { kvs } = /** @type {{ kvs: { value: string }[] }} */ (await keep('range', { key: base64(KEY) }));
  const stored = JSON.parse(Buffer.from(kvs[0]?.value ?? '', 'base64').toString());
  // What all versions have in common is stored once.
  const { openAPIV3Schema } = stored.spec.validation ?? stored.spec.versions[0].schema;
  openAPIV3Schema.properties.spec.properties = properties;
  await keep('put', { key: base64(KEY), value: base64(JSON.stringify(stored)) });
}

/** @param {number} length @param {number} mark */
const logOf = (length, mark) => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'Log',
  metadata: { name: 'log' },
  spec: { ...Object.fromEntries(Array.from({ length }, (_, index) => [`c${index}`, 1])), [`m${mark}`]: 1 },
});

/** Asks until the server has taken up these rules: it says so by one that bears the batch's mark. */
async function answers(/** @type {readonly string[]} */ expressions, /** @type {number} */ mark) {
  await store({
    ...rulesOf(expressions),
    [`m${mark}`]: { type: 'integer', 'x-kubernetes-validations': [{ rule: 'false', message: 'taken up' }] },
  });
  for (let trial = 0; trial < 300; trial += 1) {
    const { body } = await ask('POST', `/apis/${GROUP}/v1/logs?dryRun=All`, logOf(expressions.length, mark));
    /** @type {{ field: string, message: string }[]} */
    const causes = body.details?.causes ?? [];
    if (causes.some(({ field }) => field === `spec.m${mark}`)) return causes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server did not take up batch ${mark}: is ${etcd} its etcd?`);
}

/** @param {string} message @returns {Omit<Case, 'expression'>} */
function answerOf(message) {
  const text = message.replace(/^Invalid value: ("integer"|1): /, '');
  if (text.startsWith('=')) return { value: text.slice(1) };
  const compile = /^rule compile error: compilation failed: ERROR: <input>:\d+:\d+: ([^\n]*)/.exec(text);
  if (compile !== null) return { issue: compile[1] ?? '' };
  const program = /^rule compile error: program instantiation failed: ([\s\S]*)$/.exec(text);
  if (program !== null) return { refused: program[1] ?? '' };
  const error = text.replace(/ evaluating rule: [\s\S]*$/, '');
  const noOverload = /^'(.*)': call arguments did not match a supported operator[\s\S]*$/.exec(error);
  return { error: noOverload?.[1] ?? error };
}

const content = JSON.parse(readFileSync(fixture, 'utf8'));
/** @type {Case[]} */
const cases = [...content.cases, ...argv.slice(2).map((expression) => ({ expression }))];
await ask('DELETE', `${definitions}/logs.${GROUP}`);
for (let trial = 0; ; trial += 1) {
  const { status, body } = await ask('POST', definitions, definition({ c0: { type: 'integer' } }));
  if (status === 201) break;
  if (trial === 100) throw new Error(JSON.stringify(body));
  await new Promise((resolve) => setTimeout(resolve, 100));
}
/** @type {Case[]} */
const recorded = [];
for (let from = 0; from < cases.length; from += AT_ONCE) {
  const expressions = cases.slice(from, from + AT_ONCE).map(({ expression }) => expression);
  const causes = await answers(expressions, from);
  for (const [index, expression] of expressions.entries()) {
    const cause = causes.find(({ field }) => field === `spec.c${index}`);
    if (cause === undefined) throw new Error(`no answer to ${expression}`);
    const answer = answerOf(cause.message);
    // A message of several lines is none to the server.
    if (answer.error?.startsWith('failed rule:'))
      throw new Error(`no text of one line comes of ${expression}`);
    recorded.push({ expression, ...answer });
  }
}
await ask('DELETE', `${definitions}/logs.${GROUP}`);
const { body: version } = await ask('GET', '/version');
const source = `kube-apiserver ${version.gitVersion}`;
writeFileSync(fixture, `${JSON.stringify({ source, cases: recorded }, null, 1)}\n`);
