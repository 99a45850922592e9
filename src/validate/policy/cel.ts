import * as engine from '#cel/cel.ts';
import { BOOL, DYN, listOf, mapOf, opaqueOf, STRING, type Type } from '#cel/types/type.ts';
import { CelError, LazyObject, type Value } from '#cel/values/value.ts';
import { admitted, originalOf } from './admitted.ts';

/**
 * Expressions of policies: CEL, as the API server evaluates it.
 *
 * Input: an expression's text and the names of the variables before it; then what it is asked about.
 * Output: a program or the problem with its offset; then a value or an error.
 * Guarantees: pure, bounded by the API server's cost limits, never throws. What only a cluster knows (authorization,
 * who asks) is a problem or an error whose cause is `unsupported`, never a pass.
 */

export { CelError };

/** An expression that was refused before it ever ran: a finding speaks of it already. */
export class KnownGap extends CelError {}

/** Why an expression can't be used. `unsupported`: fine for a cluster, but beyond what is judged offline. */
export interface CelProblem {
  readonly kind: 'invalid' | 'unsupported';
  readonly message: string;
  /** Offset into the expression's text. */
  readonly at: number;
}

/** What an expression can name: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression */
export interface Roots {
  readonly object: unknown;
  readonly oldObject: unknown;
  readonly request: unknown;
  readonly namespaceObject: unknown;
  readonly params: unknown;
}

export interface Program {
  readonly source: string;
  readonly evaluate: (question: Question) => Value;
  /** Evaluates once more, and tells which fields are looked at. */
  readonly follow: (question: Question, onRead: engine.OnRead) => Value;
}

/** One document, as programs are asked about it. */
interface Question {
  readonly bindings: Roots & engine.Bindings;
  readonly budget: engine.Budget;
  /** The value of a variable by its place in the policy's list. */
  readonly variable: (index: number) => Value;
}

export type Compiled = { readonly program: Program } | { readonly problem: CelProblem };

/** @param variables Names that `variables.` may be followed by; of two that are the same, the later one counts. */
export function compile(source: string, variables: readonly string[] = []): Compiled {
  const { program, issues } = engine.compile(source, environmentOf(variables));
  if (program === undefined) {
    const { message = '', offset = 0 } = issues[0] ?? {};
    return { problem: { kind: 'invalid', message, at: Math.min(offset, source.length) } };
  }
  for (const { construct, word } of CLUSTER_ONLY) {
    if (!source.includes(word)) continue;
    const [issue] = engine.compile(source, environmentOf(variables, word)).issues;
    if (issue !== undefined)
      return { problem: { kind: 'unsupported', message: construct, at: issue.offset } };
  }
  const names = [...variables];
  const usesVariables = program.variables.includes('variables');
  const bound = ({ bindings, variable }: Question): engine.Bindings => {
    if (!usesVariables) return bindings;
    // Written out, because spreading costs more than many a rule.
    const { object, oldObject, params, request, namespaceObject } = bindings;
    const own = new Variables(names, variable);
    return { object, oldObject, params, request, namespaceObject, variables: own };
  };
  return {
    program: {
      source,
      evaluate: (question) => program.run(bound(question), question.budget),
      follow: (question, onRead) => program.follow(bound(question), onRead),
    },
  };
}

/** Stands for an expression that is not judged. */
export function unjudged(source: string, message: string): Program {
  const gap = new KnownGap(message, 'unsupported');
  return { source, evaluate: () => gap, follow: () => gap };
}

/** What is declared as in a cluster but not known here: an expression that can't do without is not judged. */
const CLUSTER_ONLY = [
  { construct: 'authorizer', word: 'authorizer' },
  { construct: 'request.userInfo', word: 'userInfo' },
] as const;

type ClusterOnly = (typeof CLUSTER_ONLY)[number]['word'];

const objectOf = (name: string, fields: Readonly<Record<string, Type>>): Type => ({
  kind: 'object',
  name,
  fields: new Map(Object.entries(fields).map(([field, type]) => [field, { type }])),
});

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/compile.go */
const KIND = objectOf('kubernetes.GroupVersionKind', { group: STRING, version: STRING, kind: STRING });
const RESOURCE = objectOf('kubernetes.GroupVersionResource', {
  group: STRING,
  version: STRING,
  resource: STRING,
});
const USER_INFO = objectOf('kubernetes.UserInfo', {
  username: STRING,
  uid: STRING,
  groups: listOf(STRING),
  extra: mapOf(STRING, listOf(STRING)),
});
const REQUEST: Readonly<Record<string, Type>> = {
  kind: KIND,
  resource: RESOURCE,
  subResource: STRING,
  requestKind: KIND,
  requestResource: RESOURCE,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  dryRun: BOOL,
  options: DYN,
};
const ANONYMOUS_REQUEST = objectOf('kubernetes.AdmissionRequest', REQUEST);
const CLUSTER_REQUEST = objectOf('kubernetes.AdmissionRequest', { ...REQUEST, userInfo: USER_INFO });
const AUTHORIZER = opaqueOf('kubernetes.authorization.Authorizer');

/** What an expression may speak of in a cluster. The object is dynamic there too, whatever its schema says. */
function environmentOf(variables: readonly string[], without?: ClusterOnly): engine.Environment {
  return engine.kubernetesEnvironment({
    object: DYN,
    oldObject: DYN,
    params: DYN,
    namespaceObject: DYN,
    request: without === 'userInfo' ? ANONYMOUS_REQUEST : CLUSTER_REQUEST,
    variables: {
      kind: 'object',
      name: 'kubernetes.variables',
      fields: new Map(variables.map((name) => [name, { type: DYN }])),
    },
    ...(without !== 'authorizer' && {
      authorizer: AUTHORIZER,
      'authorizer.requestResource': opaqueOf('kubernetes.authorization.ResourceCheck'),
    }),
  });
}

/** `variables`, each evaluated where it is used. */
class Variables extends LazyObject {
  readonly #names: readonly string[];
  readonly #valueAt: (index: number) => Value;

  constructor(names: readonly string[], valueAt: (index: number) => Value) {
    super();
    this.#names = names;
    this.#valueAt = valueAt;
  }

  field(name: string): Value {
    const index = this.#names.lastIndexOf(name);
    return index < 0 ? undefined : this.#valueAt(index);
  }
}

/** Asks a policy's programs about one document after another. */
export interface Inquiry {
  /** Turns to the next document: variables are evaluated anew, each at most once, and only where they are used. */
  readonly about: (roots: Roots) => void;
  readonly run: (program: Program) => Value;
  /** The map and the key that the last program looked at last: what a broken rule objects to. */
  readonly lastRead: () => { readonly map: unknown; readonly key: string };
}

const NOTHING: Roots = { object: null, oldObject: null, request: null, namespaceObject: null, params: null };
const NOBODY = new CelError('who asks is not known offline', 'unsupported');

function bindingsOf(roots: Roots): Question['bindings'] {
  return {
    object: admitted(roots.object),
    oldObject: roots.oldObject,
    params: roots.params,
    request: new engine.Lazy(() => Object.assign({ userInfo: NOBODY }, roots.request)),
    namespaceObject: new engine.Lazy(() => admitted(roots.namespaceObject)),
  };
}

/** @param variables The policy's variables, in their order. */
export function inquire(variables: readonly Program[] = []): Inquiry {
  let question: Question = {
    bindings: bindingsOf(NOTHING),
    budget: { remaining: 0 },
    variable: () => undefined,
  };
  let last: Program | undefined;
  /** Each variable's value, worked out at most once. */
  const remembered = (evaluate: (program: Program) => Value): Question['variable'] => {
    const known: Value[] = new Array(variables.length).fill(undefined);
    return (index) => {
      const program = variables[index];
      if (known[index] === undefined && program !== undefined) known[index] = evaluate(program);
      return known[index];
    };
  };

  return {
    about: (roots) => {
      question = {
        bindings: bindingsOf(roots),
        budget: { remaining: engine.OBJECT_BUDGET },
        variable: remembered((program) => program.evaluate(question)),
      };
      last = undefined;
    },
    run: (program) => {
      last = program;
      return program.evaluate(question);
    },
    lastRead: () => {
      const read = { map: undefined as unknown, key: '' };
      const onRead: engine.OnRead = (map, key) => {
        read.map = originalOf(map);
        read.key = key;
      };
      const again: Question = {
        ...question,
        variable: remembered((program) => program.follow(again, onRead)),
      };
      last?.follow(again, onRead);
      return read;
    },
  };
}
