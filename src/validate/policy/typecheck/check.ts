import * as engine from '#cel/cel.ts';
import { DYN, type Type } from '#cel/types/type.ts';
import type { Finding } from '#model/finding.ts';
import { suggest } from '#model/suggest.ts';
import type { KindSchema, SchemaStore } from '../../schema/store.ts';
import { formsOf, type Policy } from '../admission-policy.ts';
import { checkedEnvironment, type Declared, rememberedType } from '../cel.ts';
import { pathText } from '../fields.ts';
import { memberAt, type Path, type PolicyDocument } from '../policy-file.ts';
import { typeOfKind } from './kind-type.ts';
import { type CheckedKinds, kindsToCheck } from './kinds.ts';

/**
 * Checks the expressions of policies against the schemas of the kinds that they concern, as the API server does after
 * it took them, and says in their status.
 *
 * Input: policies, the documents that they were read from or that were made of those (the API server checks what it gets),
 * schemas. Output: for each field that a kind doesn't have, and
 * each use that its type doesn't allow, a finding at the word itself. Guarantees: pure; what the API server warns of is
 * found, for the same kinds; variables, conditions and audit annotations, at which it doesn't look, are looked at too.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#type-checking
 */
export function checkTypes(
  policies: readonly Policy[],
  documents: readonly PolicyDocument[],
  soundBy: SoundBy = () => undefined,
): (store: SchemaStore) => readonly Finding[] {
  const byName = new Map(
    policies.flatMap(formsOf).map((policy) => [policy.derivedAs ?? policy.name, policy]),
  );
  const checks = documents.flatMap((document) => {
    const { value } = document;
    const name = memberAt(value['metadata'], 'name');
    const policy = typeof name === 'string' ? byName.get(name) : undefined;
    return policy === undefined || value['kind'] !== 'ValidatingAdmissionPolicy'
      ? []
      : [remembered(policy, document, soundBy)];
  });
  return (store) => firstOfEach(checks.flatMap((check) => check(store)));
}

/** What is wrong with an expression is wrong with what was made of it for templates, in the same place. */
function firstOfEach(findings: readonly Finding[]): readonly Finding[] {
  const said = new Set<string>();
  return findings.filter(({ code, origin }) => {
    const key = `${code} ${origin?.file}:${origin?.line}:${origin?.column}`;
    return !said.has(key) && said.add(key);
  });
}

/** The schemas of a version of Kubernetes against which nothing is wrong with any of the policies, where that is known. */
type SoundBy = (kubernetesVersion: string) => SchemaStore | undefined;

/** Checks a policy again only where one of its kinds has another schema than before. */
function remembered(
  policy: Policy,
  document: PolicyDocument,
  soundBy: SoundBy,
): (store: SchemaStore) => readonly Finding[] {
  let before: { readonly schemas: readonly unknown[]; readonly findings: readonly Finding[] } | undefined;
  return (store) => {
    const against = {
      ...kindsToCheck(policy.constraints.rules ?? [], store),
      params: paramsOf(policy, store),
    };
    const schemas = [store.kubernetesVersion, against.params, ...against.kinds];
    const isAsIn = (known: readonly unknown[]): boolean =>
      known.length === schemas.length && schemas.every((one, at) => one === known[at]);
    if (before !== undefined && isAsIn(before.schemas)) return before.findings;
    const sound = soundBy(store.kubernetesVersion);
    if (sound !== undefined) {
      const { kinds } = kindsToCheck(policy.constraints.rules ?? [], sound);
      if (isAsIn([sound.kubernetesVersion, paramsOf(policy, sound), ...kinds])) {
        before = { schemas, findings: [] };
        return before.findings;
      }
    }
    const findings = checkPolicy(policy, document, { ...against, store });
    before = { schemas, findings };
    return findings;
  };
}

interface Against extends CheckedKinds {
  readonly params: KindSchema | undefined;
  readonly store: SchemaStore;
}

/** An expression, where it stands, and how it is called in findings. */
interface Expression {
  readonly path: Path;
  readonly source: string;
  readonly check: engine.TypeCheck;
  readonly variables: 'all' | 'none';
}

interface Problem {
  readonly expression: Expression;
  readonly offset: number;
  readonly issue: engine.Issue;
  readonly kinds: string[];
  /** Whether each of those kinds is known to lack the field. */
  isLacking: boolean;
}

function checkPolicy(
  policy: Policy,
  document: PolicyDocument,
  { kinds, isAll, params: paramKind, store }: Against,
): readonly Finding[] {
  const expressions = expressionsOf(policy, document);
  const composed = policy.variables.map(({ name, program: { source } }, index) => {
    const path = ['spec', 'variables', index, 'expression'];
    const expression: Expression = { path, source, check: engine.typeChecker(source), variables: 'all' };
    return { name, expression };
  });
  // Types of one name are one type, and params are never that of the object.
  const params = paramKind && typeOfKind(paramKind, `params:${paramKind.kind}`, store);
  const problems = new Map<string, Problem>();
  for (const kind of kinds) {
    const object = typeOfKind(kind, kind.kind, store);
    if (object === undefined) continue;
    const take = (expression: Expression, variables: readonly Declared[]): Type => {
      const environment = checkedEnvironment(object, params, variables, store.kubernetesVersion);
      const { type, issues } = expression.check(environment);
      for (const issue of issues) note(problems, expression, issue, shown(kind));
      return type === undefined ? DYN : rememberedType(type);
    };
    const variables: Declared[] = [];
    for (const { name, expression } of composed)
      variables.push({ name, type: take(expression, [...variables]) });
    for (const expression of expressions) take(expression, expression.variables === 'all' ? variables : []);
  }
  return [...problems.values()].map((problem) => finding(policy, document, problem, kinds.length, isAll));
}

function expressionsOf(policy: Policy, { value }: PolicyDocument): readonly Expression[] {
  const at = (path: Path, variables: Expression['variables'] = 'all'): readonly Expression[] => {
    const source = path.reduce<unknown>(memberAt, value);
    return typeof source === 'string' ? [{ path, source, check: engine.typeChecker(source), variables }] : [];
  };
  return [
    ...policy.conditions.flatMap((_, index) => at(['spec', 'matchConditions', index, 'expression'], 'none')),
    ...policy.validations.flatMap((_, index) => [
      ...at(['spec', 'validations', index, 'expression']),
      ...at(['spec', 'validations', index, 'messageExpression']),
    ]),
    ...policy.auditAnnotations.flatMap((_, index) =>
      at(['spec', 'auditAnnotations', index, 'valueExpression']),
    ),
  ];
}

function paramsOf({ paramKind }: Policy, store: SchemaStore): KindSchema | undefined {
  if (paramKind === undefined) return undefined;
  const { group, version, kind } = paramKind;
  return store.find(group === '' ? version : `${group}/${version}`, kind);
}

function note(
  problems: Map<string, Problem>,
  expression: Expression,
  issue: engine.Issue,
  kind: string,
): void {
  const offset = wordOffset(expression.source, issue);
  const key = `${pathText(expression.path)} ${offset} ${issue.unknown === undefined}`;
  const isLacking = issue.unknown?.mayExist === false;
  const before = problems.get(key);
  if (before === undefined) problems.set(key, { expression, offset, issue, kinds: [kind], isLacking });
  else {
    if (!before.kinds.includes(kind)) before.kinds.push(kind);
    before.isLacking &&= isLacking;
  }
}

/** The field itself, where the issue is at the dot before it. */
function wordOffset(source: string, { offset, unknown }: engine.Issue): number {
  if (unknown === undefined) return offset;
  const [before = ''] = /^[.?\s]*/.exec(source.slice(offset)) ?? [];
  return source.startsWith(unknown.field, offset + before.length) ? offset + before.length : offset;
}

const shown = ({ apiVersion, kind }: KindSchema): string => `${apiVersion} ${kind}`;

function finding(
  { name }: Policy,
  document: PolicyDocument,
  { expression, offset, issue, kinds, isLacking }: Problem,
  of: number,
  isAll: boolean,
): Finding {
  const origin = document.originWithin(expression.path, offset);
  const at = { policy: name, part: pathText(expression.path.slice(1)), kinds, of };
  const { unknown } = issue;
  if (unknown === undefined) {
    const args = { ...at, problem: issue.message };
    return { code: 'policy-type-mismatch', severity: 'warning', origin, args };
  }
  const { field, known } = unknown;
  const meant = suggest(field, known);
  const args = { ...at, field, isHidden: !isLacking, ...(meant === undefined ? {} : { meant }) };
  // What no kind has can never be there. What only some have not may be guarded.
  const isNever = isLacking && isAll && kinds.length === of;
  return { code: 'policy-field-unknown', severity: isNever ? 'error' : 'warning', origin, args };
}
