import { Type } from 'typebox';
import { strict } from './environment/scalars.ts';

/** `*.cases.yaml` beside a policy, defined once: the TypeScript type, what the reader wants, the JSON Schema for editors. */

const text = (description: string) => Type.String({ minLength: 1, description });
const anyObject = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { type: 'object', description });
const objectOrNull = (description: string) =>
  Type.Unsafe<Readonly<Record<string, unknown>> | null>({
    type: ['object', 'null'],
    title: 'an object, or null for none',
    description,
  });
const pointer = Type.String({ pattern: '^(/([^~/]|~[01])*)+$', title: 'a JSON pointer, as /spec/replicas' });

const pointers = (description: string) => Type.Array(pointer, { description });
const values = anyObject;

/** What a file says for all of its cases, or a case for itself. */
const given = {
  object: Type.Optional(objectOrNull('The object as it would become; without oldObject it is created.')),
  oldObject: Type.Optional(objectOrNull('The object as it was; without object it is deleted.')),
  namespace: Type.Optional(
    strict(
      {
        labels: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Its labels.' })),
      },
      "The object's Namespace.",
    ),
  ),
  params: Type.Optional(Type.Array(anyObject('A parameter.'), { description: 'Parameters of the policy.' })),
};

export const PolicyCase = strict(
  {
    name: text('What the case shows.'),
    like: Type.Optional(text('Name of the case that this one starts from.')),
    ...given,
    set: Type.Optional(values('JSON pointer -> value, set in object.')),
    remove: Type.Optional(pointers('JSON pointers of what is removed from object.')),
    setOld: Type.Optional(values('JSON pointer -> value, set in oldObject.')),
    removeOld: Type.Optional(pointers('JSON pointers of what is removed from oldObject.')),
    allowed: Type.Optional(Type.Literal(true, { description: 'The policy judges it, and all of it holds.' })),
    denied: Type.Optional(
      Type.Array(text('A message.'), {
        minItems: 1,
        description: 'Messages of the validations that fail, in their order.',
      }),
    ),
    matched: Type.Optional(Type.Literal(false, { description: 'The policy does not concern it.' })),
  },
  'One request, and what the policy says of it.',
);

export const PolicyCasesFile = Type.Object(
  {
    policy: text('Name of the policy.'),
    ...given,
    cases: Type.Array(PolicyCase, { minItems: 1, description: 'The cases.' }),
  },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Cases of a policy',
    description: 'What a policy allows and what it denies. Generated from src/model.',
    additionalProperties: false,
  },
);

export type PolicyCase = Type.Static<typeof PolicyCase>;
export type PolicyCasesFile = Type.Static<typeof PolicyCasesFile>;
