import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicies } from '#validate/policy/load.ts';
import type { PolicyDocument } from '#validate/policy/policy-file.ts';
import { checkTypes } from '#validate/policy/typecheck/check.ts';
import { type CrdSchema, crdOfDocument } from '#validate/schema/crd.ts';
import { openStore, type SchemaStore, withCrds } from '#validate/schema/store.ts';
import { FILES } from '../../validate/policy/shipped-policies.ts';
import { ask, type Definition, define, KUBECONFIG } from '../api-server.ts';
import { definitions } from '../definitions.ts';
import { DEFINITIONS, TYPE_CASES, type TypeCase } from './type-cases.ts';

/**
 * The API server as the oracle of the type check: of each expression, for which kinds it warns in the status of the
 * policy. The status is written by a controller of kube-controller-manager, which is started where nobody runs it.
 * Compared are the cases, the shipped policies, and a policy for each kind of Kubernetes that walks through its fields.
 */
const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';

/** By expression (`spec.validations[0].expression`), the kinds for which it does not hold. */
type Verdicts = Readonly<Record<string, readonly string[]>>;

interface AdmissionPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

function policyOf({
  name,
  rules,
  paramKind,
  variables = {},
  expressions,
  messages = [],
}: TypeCase): AdmissionPolicy {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: `types-${name}` },
    spec: {
      ...(paramKind && { paramKind }),
      matchConstraints: {
        resourceRules: rules.map(({ groups, versions, resources }) => ({
          apiGroups: groups,
          apiVersions: versions,
          operations: ['CREATE', 'UPDATE'],
          resources,
        })),
      },
      variables: Object.entries(variables).map(([variable, expression]) => ({ name: variable, expression })),
      validations: [
        // What comes of a whole condition is what validations must have.
        ...expressions.map((expression) => ({ expression: `dyn(${expression}) == true` })),
        ...messages.map((messageExpression) => ({ expression: 'true', messageExpression })),
      ],
    },
  };
}

const bindingOf = ({ metadata: { name } }: AdmissionPolicy, hasParams: boolean): object => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: {
    policyName: name,
    validationActions: ['Deny'],
    ...(hasParams && { paramRef: { name: 'harbour', parameterNotFoundAction: 'Deny' } }),
  },
});

/** One policy for each kind of Kubernetes, with a question after each of its fields, and after one that it has not. */
function walks(store: SchemaStore): readonly TypeCase[] {
  const index: Readonly<Record<string, Readonly<Record<string, { readonly plural: string }>>>> = JSON.parse(
    fs.readFileSync('imports/schemas/kubernetes/1.34/index.json', 'utf8'),
  );
  return Object.entries(index)
    .filter(([apiVersion]) => /^(.*\/)?v[12]$/.test(apiVersion))
    .flatMap(([apiVersion, kinds]) =>
      Object.entries(kinds).map(([kind, { plural }]): TypeCase => {
        const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
        const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
        const paths = fieldPaths(store.find(apiVersion, kind)?.schema ?? {}, store);
        return {
          name: `walk-${plural}-${group.replaceAll('.', '-')}-${version}`.replace('--', '-core-'),
          rules: [{ groups: [group], versions: [version], resources: [plural] }],
          expressions: paths.flatMap((path, at) =>
            at % 5 === 0 ? [`has(${path})`, `has(${path}q)`] : [`has(${path})`],
          ),
        };
      }),
    );
}

const MOST_FIELDS = 60;
const LITTLE_KNOWN = /managedFields|ownerReferences|volumes/;

/** Paths of fields, evenly chosen of all that there are four levels deep; lists and maps are entered. */
function fieldPaths(root: unknown, store: SchemaStore): readonly string[] {
  const paths: string[] = [];
  const visit = (schema: unknown, path: string, depth: number): void => {
    const node = resolved(schema, store);
    if (depth > 4 || node === undefined) return;
    if (node.items !== undefined) visit(node.items, `${path}[0]`, depth);
    if (typeof node.additionalProperties === 'object')
      visit(node.additionalProperties, `${path}['quay']`, depth);
    for (const [name, field] of Object.entries(node.properties ?? {})) {
      if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name) || LITTLE_KNOWN.test(name)) continue;
      paths.push(`${path}.${name}`);
      visit(field, `${path}.${name}`, depth + 1);
    }
  };
  visit(root, 'object', 0);
  const step = Math.max(1, Math.ceil(paths.length / MOST_FIELDS));
  return paths.filter((_, at) => at % step === 0);
}

interface Node {
  readonly $ref?: string;
  readonly items?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
}

function resolved(schema: unknown, store: SchemaStore): Node | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const node: Node = schema;
  return node.$ref === undefined
    ? node
    : resolved(store.definition(node.$ref.split('/').at(-1) ?? ''), store);
}

/** The definitions of the custom kinds that the shipped policies name in full. */
function definitionsNamed(documents: readonly PolicyDocument[]): readonly Definition[] {
  const text = JSON.stringify(documents.map(({ value }) => value['spec']));
  return definitions().filter(
    ({ spec }) => text.includes(`"${spec.group}"`) && text.includes(`"${spec.names.plural}"`),
  );
}

let store: SchemaStore;
let manager: ChildProcess | undefined;
const installed: AdmissionPolicy[] = [];
const loadedFiles = loadPolicies(FILES);
const named = definitionsNamed(loadedFiles.documents);
// What is made of them for the templates of pods is installed, too, and the API server checks it.
const shipped = [...loadedFiles.documents, ...loadedFiles.derived]
  .map(({ value }) => value)
  .filter((value) => value['kind'] === 'ValidatingAdmissionPolicy');

/** Installs a policy without the expressions that the server refuses, and tells which those are. */
async function install(policy: AdmissionPolicy): Promise<readonly string[]> {
  await ask('DELETE', `${POLICIES}/${policy.metadata.name}`);
  const answer = await ask('POST', POLICIES, policy);
  if (!answer.isAccepted) {
    if (answer.fields.length === 0 || !answer.fields.every((field) => /^spec\.validations\[/.test(field)))
      throw new Error(`${policy.metadata.name}: ${answer.message}`);
    const refused = answer.fields.map((field) => field.replaceAll(' ', ''));
    const rest = await install(without(policy, refused));
    return [...refused, ...rest];
  }
  installed.push(policy);
  return [];
}

/** With expressions that nobody objects to in the place of some, so that the others keep their place. */
const without = (policy: AdmissionPolicy, fields: readonly string[]): AdmissionPolicy => ({
  ...policy,
  spec: {
    ...policy.spec,
    validations: validationsOf(policy).map(({ expression, messageExpression }, at) => ({
      expression: fields.includes(`spec.validations[${at}].expression`) ? 'true' : expression,
      ...(messageExpression === undefined || fields.includes(`spec.validations[${at}].messageExpression`)
        ? {}
        : { messageExpression }),
    })),
  },
});

/** Status as the controller writes it; undefined where it does not within the time. */
async function status(name: string, seconds: number): Promise<Verdicts | undefined> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    const { body } = await ask('GET', `${POLICIES}/${name}`);
    const { status: found, metadata }: Checked = JSON.parse(JSON.stringify(body));
    if (found?.observedGeneration === metadata.generation) {
      const warnings = found.typeChecking?.expressionWarnings ?? [];
      return Object.fromEntries(warnings.map(({ fieldRef, warning }) => [fieldRef, kindsIn(warning)]));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return undefined;
}

interface Checked {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: {
      readonly expressionWarnings?: readonly { readonly fieldRef: string; readonly warning: string }[];
    };
  };
}

const kindsIn = (warning: string): readonly string[] =>
  [...warning.matchAll(/^(\S*)\/(\S+), Kind=(\S+): /gm)]
    .map(([, group, version, kind]) => `${group === '' ? version : `${group}/${version}`} ${kind}`)
    .sort();

const REFUSED = ['refused'];

/** What plimsoll says of the expressions that the API server looks at. */
function own(policy: AdmissionPolicy): Verdicts {
  const binding = bindingOf(policy, 'paramKind' in policy.spec);
  const loaded = loadPolicies([
    { file: 'policy.yaml', text: `${JSON.stringify(policy)}\n---\n${JSON.stringify(binding)}` },
  ]);
  const refused = loaded.findings.flatMap((finding) =>
    finding.code === 'policy-expression-invalid'
      ? [fieldOf(policy, finding.args.part, finding.args.problem)]
      : [],
  );
  if (refused.length > 0)
    return {
      ...own(without(policy, refused)),
      ...Object.fromEntries(refused.map((field) => [field, REFUSED])),
    };
  if (loaded.value?.length !== 1)
    throw new Error(`${policy.metadata.name}: ${JSON.stringify(loaded.findings)}`);
  const verdicts: Record<string, string[]> = {};
  for (const { args } of checkTypes(loaded.value, loaded.documents)(store)) {
    if (!('part' in args) || !('kinds' in args) || !args.part.startsWith('validations')) continue;
    const kinds = new Set([...(verdicts[`spec.${args.part}`] ?? []), ...args.kinds]);
    verdicts[`spec.${args.part}`] = [...kinds].sort();
  }
  return verdicts;
}

/** Which of both expressions of a validation it is: those with messages are true. */
function fieldOf(policy: AdmissionPolicy, part: string, problem: string): string {
  const at = Number(/^validations\[(\d+)\]$/.exec(part)?.[1] ?? Number.NaN);
  const validation = validationsOf(policy)[at];
  if (validation === undefined) throw new Error(`${policy.metadata.name} ${part}: ${problem}`);
  return `spec.${part}.${validation.messageExpression === undefined ? 'expression' : 'messageExpression'}`;
}

describe.runIf(KUBECONFIG !== '')('the type check of the API server', () => {
  beforeAll(async () => {
    const crds = [...DEFINITIONS, ...named];
    await define(crds);
    await untilPublished(crds);
    const known: CrdSchema[] = crds.flatMap((crd) => crdOfDocument(crd) ?? []);
    const read = (file: string): unknown =>
      file === 'crds/index.json' ? {} : JSON.parse(fs.readFileSync(`imports/schemas/${file}`, 'utf8'));
    store = withCrds(openStore('1.34', read), known);
    const probe = policyOf({ name: 'probe', rules: [], expressions: ['true'] });
    await install({ ...probe, spec: { ...probe.spec, matchConstraints: PROBED } });
    if ((await status('types-probe', 5)) === undefined) {
      const manages = ['--leader-elect=false', '--secure-port=0', '--use-service-account-credentials=false'];
      const only = '--controllers=validatingadmissionpolicy-status-controller';
      manager = spawn('kube-controller-manager', [`--kubeconfig=${KUBECONFIG}`, only, ...manages], {
        stdio: 'ignore',
      });
      manager.on('error', () => undefined);
      expect(await status('types-probe', 60), 'no kube-controller-manager in PATH checks types').toEqual({});
    }
  }, 180_000);

  afterAll(async () => {
    manager?.kill();
    for (const { metadata } of installed) await ask('DELETE', `${POLICIES}/${metadata.name}`);
    for (const { metadata } of DEFINITIONS)
      await ask('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${metadata.name}`);
  }, 60_000);

  it('warns of what plimsoll finds in the cases, and of nothing else', async () => {
    await compare(TYPE_CASES.map(policyOf), 'cases');
  }, 300_000);

  it('warns of what plimsoll finds in the shipped policies', async () => {
    await compare(
      shipped.map((value) => renamed(JSON.parse(JSON.stringify(value)))),
      'shipped policies',
    );
  }, 300_000);

  it('knows the fields of each kind of Kubernetes that plimsoll knows', async () => {
    await compare(walks(store).map(policyOf), 'kinds of Kubernetes');
  }, 600_000);
});

const PROBED = {
  resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nodes'] }],
};

/** So that it stands beside the one that another suite installed. */
const renamed = ({ metadata, ...rest }: AdmissionPolicy): AdmissionPolicy => ({
  ...rest,
  metadata: { name: `types-shipped-${metadata.name}` },
});

/** Schemas are published some seconds after the kind is served. */
async function untilPublished(crds: readonly Definition[]): Promise<void> {
  for (const { spec } of crds) {
    for (const { name } of spec.versions.filter(({ served }) => served)) {
      for (let trial = 0; ; trial += 1) {
        const { body } = await ask('GET', `/openapi/v3/apis/${spec.group}/${name}`);
        if (JSON.stringify(body).includes(`/${spec.names.plural}`)) break;
        if (trial > 300) throw new Error(`${spec.names.plural} of ${spec.group} are not published`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

async function compare(policies: readonly AdmissionPolicy[], what: string): Promise<void> {
  const refused = new Map<AdmissionPolicy, readonly string[]>();
  for (const policy of policies) refused.set(policy, await install(policy));
  const disagreements: string[] = [];
  const count = { expressions: 0, refused: 0, warnings: 0, agreed: 0 };
  for (const policy of policies) {
    const { name } = policy.metadata;
    const theirs = await status(name, 60);
    expect(theirs, `${name} has no status`).toBeDefined();
    const ours = own(policy);
    for (const [fieldRef, expression] of expressionsOf(policy)) {
      const isRefused = refused.get(policy)?.includes(fieldRef);
      const [their = [], our = []] = [isRefused ? REFUSED : theirs?.[fieldRef], ours[fieldRef]];
      count.expressions += 1;
      if (isRefused) count.refused += 1;
      else if (their.length > 0) count.warnings += 1;
      if (JSON.stringify(their) === JSON.stringify(our)) count.agreed += 1;
      else disagreements.push(`${name} ${fieldRef}: API server [${their}], plimsoll [${our}]: ${expression}`);
    }
  }
  process.stdout.write(
    `type check, ${what}: ${policies.length} policies, ${count.expressions} expressions, ${count.refused} refused, ${count.warnings} with warnings, ${count.agreed} agreed\n`,
  );
  expect(disagreements).toEqual([]);
}

interface Validation {
  readonly expression: string;
  readonly messageExpression?: string;
}

function expressionsOf(
  policy: AdmissionPolicy,
): readonly (readonly [fieldRef: string, expression: string])[] {
  return validationsOf(policy).flatMap(({ expression, messageExpression }, at) => [
    [`spec.validations[${at}].expression`, expression] as const,
    ...(messageExpression === undefined
      ? []
      : [[`spec.validations[${at}].messageExpression`, messageExpression] as const]),
  ]);
}

function validationsOf({ spec }: AdmissionPolicy): readonly Validation[] {
  const { validations = [] }: { readonly validations?: readonly Validation[] } = JSON.parse(
    JSON.stringify(spec),
  );
  return validations;
}
