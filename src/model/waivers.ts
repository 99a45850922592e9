import { Type } from 'typebox';
import { strict } from './environment/scalars.ts';

/** `policies/waivers.yaml`, defined once: the TypeScript type, what the reader wants, and the JSON Schema for editors. */

const text = (description: string) => Type.String({ minLength: 1, description });

/** Of what a pattern may stand for: `*` any characters, `?` one. */
const glob = (what: string) => text(`${what}; * stands for any characters, ? for one.`);

const Selector = strict(
  {
    kind: Type.Optional(glob('Kind of the object, or of what a Composition composes')),
    namespace: Type.Optional(glob('Namespace of the object')),
    name: Type.Optional(glob('Name of the object')),
    environment: Type.Optional(glob('Environment that it was found in')),
  },
  'Whose findings are waived. At least a name or a namespace.',
);

export const WaiverEntry = strict(
  {
    code: Type.Optional(text('Code of the findings, as in docs/reference/findings.md.')),
    policy: Type.Optional(text('Name of the policy that objects; instead of a code, or beside it.')),
    selector: Type.Optional(Selector),
    owner: text('Who answers for it.'),
    reason: text('Why it is no harm, or not yet mended.'),
    until: Type.String({
      pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
      title: 'a day, as 2027-03-31',
      description: 'The last day on which it holds, in UTC.',
    }),
  },
  'One waiver.',
);

export const WaiversFile = Type.Object(
  {
    apiVersion: Type.Literal('plimsoll.dev/v1alpha1', { description: 'Version of this format.' }),
    kind: Type.Literal('Waivers', { description: 'Kind of this file.' }),
    waivers: Type.Array(WaiverEntry, { description: 'The waivers.' }),
  },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Waivers of plimsoll',
    description:
      'Findings that are meant, each with an owner, a reason and an end. Generated from src/model.',
    additionalProperties: false,
  },
);

export type WaiverEntry = Type.Static<typeof WaiverEntry>;
export type WaiversFile = Type.Static<typeof WaiversFile>;
