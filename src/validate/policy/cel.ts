import * as engine from '#cel/cel.ts';
import {
  BOOL,
  DYN,
  INT,
  listOf,
  mapOf,
  opaqueOf,
  STRING,
  showType,
  TIMESTAMP,
  type Type,
} from '#cel/types/type.ts';
import { CelError, LazyObject, type Value } from '#cel/values/value.ts';
import { admitted } from './admitted.ts';
import { type SizeClass, sizeClassOf, worstOf } from './worst.ts';

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

/** What an expression must come to: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression */
export type Expected = 'bool' | 'string' | 'string or null' | 'any';

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
  readonly type: Type;
  readonly evaluate: (question: Question) => Value;
  /** Evaluates once more, and tells which fields are looked at. */
  readonly follow: (question: Question, onRead: engine.OnRead) => Value;
  /** What it costs at most. */
  readonly most: (shapeOf: engine.ShapeOf) => engine.Most;
}

/** One document, as programs are asked about it. */
interface Question {
  readonly bindings: Roots & engine.Bindings;
  readonly budget: engine.Budget;
  /** The value of a variable by its place in the policy's list. */
  readonly variable: (index: number) => Value;
}

export type Compiled = { readonly program: Program } | { readonly problem: CelProblem };

/** A variable, with the type that its expression has. */
export interface Declared {
  readonly name: string;
  readonly type: Type;
}

/** Variables of which only the names are known. */
export const untyped = (names: readonly string[]): readonly Declared[] =>
  names.map((name) => ({ name, type: DYN }));

/** What a policy offers to an expression, and what it takes of it. */
export interface Setting {
  /** What `variables.` may be followed by; of two with one name, the later one counts. */
  readonly variables?: readonly Declared[];
  readonly expected?: Expected;
  /** Whether the policy takes parameters: `params` is declared only then. */
  readonly hasParams?: boolean;
  /** Messages may not ask who may do what. */
  readonly hasAuthorizer?: boolean;
}

/** Names for the API server's types of results, where they are declared. */
const RESULTS: Readonly<Record<Expected, readonly string[] | undefined>> = {
  bool: ['bool'],
  string: ['string'],
  'string or null': ['string', 'null_type'],
  any: undefined,
};

export function compile(source: string, setting: Setting = {}): Compiled {
  const { variables = [], expected = 'any' } = setting;
  const { program, issues } = engine.compile(source, environmentOf(setting));
  if (program === undefined) {
    const { message = '', offset = 0 } = issues[0] ?? {};
    return { problem: { kind: 'invalid', message, at: Math.min(offset, source.length) } };
  }
  const results = RESULTS[expected];
  // What is known only at run time is refused as well.
  if (results !== undefined && !results.includes(showType(program.type))) {
    const wanted = results.length === 1 ? results[0] : `one of [${results.join(' ')}]`;
    const message = `must evaluate to ${wanted} but got ${showType(program.type)}`;
    return { problem: { kind: 'invalid', message, at: 0 } };
  }
  for (const { construct, word } of CLUSTER_ONLY) {
    if (!source.includes(word)) continue;
    const [issue] = engine.compile(source, environmentOf(setting, word)).issues;
    if (issue !== undefined)
      return { problem: { kind: 'unsupported', message: construct, at: issue.offset } };
  }
  const places = new Map(variables.map(({ name }, index) => [name, index]));
  const usesVariables = program.variables.includes('variables');
  const bound = ({ bindings, variable }: Question): engine.Bindings => {
    if (!usesVariables) return bindings;
    // Written out, because spreading costs more than many a rule.
    const { object, oldObject, params, request, namespaceObject } = bindings;
    const own = new Variables(places, variable);
    return { object, oldObject, params, request, namespaceObject, variables: own };
  };
  return {
    program: {
      source,
      type: program.type,
      evaluate: (question) => program.run(bound(question), question.budget),
      follow: (question, onRead) => program.follow(bound(question), onRead),
      most: program.most,
    },
  };
}

/** An expression that is known to be right: compiled when it is first asked for. */
export function soundProgram(textOf: () => string, settingOf: () => Setting): Program {
  let made: Program | undefined;
  function program(): Program {
    if (made !== undefined) return made;
    const compiled = compile(textOf(), settingOf());
    if ('problem' in compiled)
      throw new Error(`an expression that was right is not any more: ${compiled.problem.message}`);
    made = compiled.program;
    return made;
  }
  return {
    get source() {
      return textOf();
    },
    get type() {
      return program().type;
    },
    evaluate: (question) => (made ?? program()).evaluate(question),
    follow: (question, onRead) => program().follow(question, onRead),
    most: (shapeOf) => program().most(shapeOf),
  };
}

/** Stands for an expression that is not judged. */
export function unjudged(source: string, message: string): Program {
  const gap = new KnownGap(message, 'unsupported');
  const most = { cost: 0, shape: { items: 0, text: 0, within: undefined } };
  return { source, type: DYN, evaluate: () => gap, follow: () => gap, most: () => most };
}

/** What is declared as in a cluster but not known here: an expression that can't do without is not judged. */
const CLUSTER_ONLY = [
  { construct: 'authorizer', word: 'authorizer' },
  { construct: 'request.userInfo', word: 'userInfo' },
  { construct: 'request.options', word: 'options' },
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
};
const requestOf = (fields: Readonly<Record<string, Type>>): Type =>
  objectOf('kubernetes.AdmissionRequest', { ...REQUEST, ...fields });
const CLUSTER_REQUEST = requestOf({ userInfo: USER_INFO, options: DYN });
const REQUEST_WITHOUT = {
  userInfo: requestOf({ options: DYN }),
  options: requestOf({ userInfo: USER_INFO }),
};
/** Declared field by field, as the API server does. */
const LABELS = mapOf(STRING, STRING);
const NAMESPACE = objectOf('kubernetes.Namespace', {
  metadata: objectOf('kubernetes.NamespaceMetadata', {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: LABELS,
    annotations: LABELS,
    UID: STRING,
    creationTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    deletionTimestamp: TIMESTAMP,
    generation: INT,
    resourceVersion: STRING,
    finalizers: listOf(STRING),
  }),
  spec: objectOf('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectOf('kubernetes.NamespaceStatus', {
    phase: STRING,
    conditions: listOf(
      objectOf('kubernetes.NamespaceCondition', {
        type: STRING,
        status: STRING,
        reason: STRING,
        message: STRING,
        lastTransitionTime: TIMESTAMP,
      }),
    ),
  }),
});
const variablesType = (variables: readonly Declared[]): Type => ({
  kind: 'object',
  name: 'kubernetes.variables',
  fields: new Map(variables.map(({ name, type }) => [name, { type }])),
});
const AUTHORIZER = opaqueOf('kubernetes.authorization.Authorizer');

/** What an expression may speak of in a cluster. The object is dynamic there too, whatever its schema says. */
function environmentOf(
  { variables = [], hasParams = true, hasAuthorizer = true }: Setting,
  without?: ClusterOnly,
): engine.Environment {
  return engine.kubernetesEnvironment({
    object: DYN,
    oldObject: DYN,
    ...(hasParams && { params: DYN }),
    namespaceObject: NAMESPACE,
    request: without === undefined || without === 'authorizer' ? CLUSTER_REQUEST : REQUEST_WITHOUT[without],
    variables: variablesType(variables),
    ...(hasAuthorizer &&
      without !== 'authorizer' && {
        authorizer: AUTHORIZER,
        'authorizer.requestResource': opaqueOf('kubernetes.authorization.ResourceCheck'),
      }),
  });
}

/**
 * What an expression may speak of where the API server checks policies against schemas.
 *
 * @param params Undefined where the policy has none, or nobody knows their schema: they are not declared then.
 */
export const checkedEnvironment = (
  object: Type,
  params: Type | undefined,
  variables: readonly Declared[],
  version: string,
): engine.Environment =>
  engine.kubernetesEnvironment(
    {
      object,
      oldObject: object,
      ...(params && { params }),
      namespaceObject: NAMESPACE,
      request: CLUSTER_REQUEST,
      variables: variablesType(variables),
      authorizer: AUTHORIZER,
    },
    version,
    'stored',
  );

/**
 * What the API server remembers of a variable's type: nothing of objects.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/composition.go
 */
export function rememberedType(type: Type): Type {
  switch (type.kind) {
    case 'list':
      return listOf(rememberedType(type.element));
    case 'map':
      return mapOf(rememberedType(type.key), rememberedType(type.value));
    case 'object':
    case 'opaque':
    case 'optional':
    case 'type':
    case 'param':
    case 'error':
      return DYN;
    default:
      return type;
  }
}

/** `variables`, each evaluated where it is used. */
class Variables extends LazyObject {
  readonly #places: ReadonlyMap<string, number>;
  readonly #valueAt: (index: number) => Value;

  constructor(places: ReadonlyMap<string, number>, valueAt: (index: number) => Value) {
    super();
    this.#places = places;
    this.#valueAt = valueAt;
  }

  field(name: string): Value {
    const index = this.#places.get(name);
    return index === undefined ? undefined : this.#valueAt(index);
  }
}

/** Asks a policy's programs about one request after another. */
export interface Inquiry {
  /** Turns to the next request: variables are evaluated anew, each at most once, and only where they are used. */
  readonly about: (roots: Roots, watch?: Watch) => void;
  /** Begins a list of expressions that share a budget. Conditions see no namespace, as in the API server. */
  readonly begin: (budget: number, of?: 'conditions') => void;
  readonly run: (program: Program) => Value;
  /** What the budget still holds; below 0, the API server gives up on the whole policy. */
  readonly remaining: () => number;
  /** What programs cost together at most, told without a run by how large the request's parts are. */
  readonly worst: (programs: readonly Program[]) => number;
  /** Whether what was said since `about` may hang on how large the request's parts are. */
  readonly isSized: () => boolean;
  /** The maps and keys that a program looks at, in that order: what a broken rule objects to is among the last. */
  readonly readsOf: (program: Program) => readonly Read[];
}

export interface Read {
  readonly map: object;
  readonly key: string;
}

/** More is never needed to find out what an answer hung on. */
const MOST_READS = 10_000;

const NOTHING: Roots = { object: null, oldObject: null, request: null, namespaceObject: null, params: null };
const NOBODY = new CelError('who asks, and with which options, is not known offline', 'unsupported');

/** Puts something in place of what expressions look at, to see what they do. */
export type Watch = (root: Exclude<keyof Roots, 'params'>, value: unknown) => unknown;

const unwatched: Watch = (_, value) => value;

function bindingsOf(roots: Roots, watch: Watch): Question['bindings'] {
  return {
    object: watch('object', admitted(roots.object)),
    oldObject: watch('oldObject', admitted(roots.oldObject)),
    params: admitted(roots.params),
    request: new engine.Lazy(() =>
      watch('request', Object.assign({ userInfo: NOBODY, options: NOBODY }, roots.request)),
    ),
    namespaceObject: new engine.Lazy(() => watch('namespaceObject', admitted(roots.namespaceObject))),
  };
}

/** @param variables The policy's variables, in their order. */
export function inquire(variables: readonly NamedProgram[] = []): Inquiry {
  let bindings = bindingsOf(NOTHING, unwatched);
  let current = NOTHING;
  let isSized = false;
  const worst = new Map<SizeClass, number>();
  let question: Question = { bindings, budget: { remaining: 0 }, variable: () => undefined };
  /** Each variable's value, worked out at most once. */
  const remembered = (evaluate: (program: Program) => Value): Question['variable'] => {
    const known: Value[] = [];
    return (index) => {
      const variable = variables[index];
      if (known[index] === undefined && variable !== undefined)
        known[index] = ofVariable(variable.name, evaluate(variable.program));
      return known[index];
    };
  };

  return {
    about: (roots, watch = unwatched) => {
      bindings = bindingsOf(roots, watch);
      current = roots;
      isSized = false;
    },
    begin: (budget, of) => {
      question = {
        bindings: of === 'conditions' ? { ...bindings, namespaceObject: null } : bindings,
        budget: { remaining: budget },
        variable: remembered((program) => program.evaluate(question)),
      };
    },
    run: (program) => program.evaluate(question),
    remaining: () => question.budget.remaining,
    worst: (programs) => {
      isSized = true;
      const size = sizeClassOf(current);
      let most = worst.get(size);
      if (most === undefined) {
        most = worstOf(programs, variables, size);
        worst.set(size, most);
      }
      return most;
    },
    isSized: () => isSized,
    readsOf: (program) => {
      const reads: Read[] = [];
      const onRead: engine.OnRead = (map, key) => {
        if (reads.length < MOST_READS) reads.push({ map, key });
      };
      const again: Question = {
        ...question,
        variable: remembered((variable) => variable.follow(again, onRead)),
      };
      program.follow(again, onRead);
      return reads;
    },
  };
}

interface NamedProgram {
  readonly name: string;
  readonly program: Program;
}

/** An error in a variable is told as one of the variable. */
const ofVariable = (name: string, value: Value): Value =>
  value instanceof CelError && value.cause !== 'unsupported'
    ? new CelError(
        `composited variable ${JSON.stringify(name)} fails to evaluate: ${value.message}`,
        value.cause,
      )
    : value;
