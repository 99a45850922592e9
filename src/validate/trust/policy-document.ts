import { type Fields, isFields } from '../builtin/field.ts';

/**
 * Policies of IAM as they are written: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * Single values and lists of them are the same; what is of another type counts as absent, as IAM refuses it.
 */
export interface Statement {
  /** Its Sid, or which one it is: `statement 2`. */
  readonly name: string;
  readonly isAllowed: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Whether everybody is meant, but for those that are named. */
  readonly isInverted: boolean;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  /** `StringEquals`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The statements of a policy; undefined where the text is none. */
export function statementsOf(text: string): readonly Statement[] | undefined {
  const document = parsed(text);
  if (!isFields(document)) return undefined;
  const statements: unknown = document['Statement'];
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return list.every(isFields) ? list.map(statementOf) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementOf(statement: Fields, index: number): Statement {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
    statement;
  return {
    name: typeof Sid === 'string' && Sid !== '' ? Sid : `statement ${index + 1}`,
    isAllowed: Effect === 'Allow',
    // All but some is more than anybody can name.
    actions: NotAction === undefined ? texts(Action) : ['*'],
    resources: NotResource === undefined ? texts(Resource) : ['*'],
    principals: isFields(Principal) ? Object.values(Principal).flatMap(texts) : texts(Principal),
    isInverted: NotPrincipal !== undefined,
    conditions: conditionsOf(Condition),
  };
}

const conditionsOf = (condition: unknown): readonly Condition[] =>
  isFields(condition)
    ? Object.entries(condition).flatMap(([operator, keys]) =>
        isFields(keys)
          ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: texts(values) }))
          : [],
      )
    : [];

const texts = (value: unknown): readonly string[] => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item) =>
    typeof item === 'string' ? [item] : typeof item === 'boolean' ? [String(item)] : [],
  );
};
