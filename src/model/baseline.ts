import { Type } from 'typebox';
import { strict } from './environment/scalars.ts';

/** `policies/baseline.yaml`, defined once: what was found before plimsoll was adopted, and is let pass till it is mended. */

const text = (description: string) => Type.String({ minLength: 1, description });

export const BaselineEntry = strict(
  {
    code: text('Code of the finding.'),
    policy: Type.Optional(text('Name of the policy that objects.')),
    environment: Type.Optional(text('Environment that it was found in.')),
    object: text('apiVersion, kind, namespace and name of the object.'),
    pointer: Type.String({ description: 'JSON pointer into the object.' }),
    count: Type.Optional(
      Type.Integer({ minimum: 2, description: 'How many such findings there are, where more than one.' }),
    ),
  },
  'A finding by what stays the same when lines move.',
);

export const BaselineFile = Type.Object(
  {
    apiVersion: Type.Literal('plimsoll.dev/v1alpha1', { description: 'Version of this format.' }),
    kind: Type.Literal('Baseline', { description: 'Kind of this file.' }),
    findings: Type.Array(BaselineEntry, { description: 'The findings that are let pass.' }),
  },
  { description: 'Findings from before. It can only shrink.', additionalProperties: false },
);

export type BaselineEntry = Type.Static<typeof BaselineEntry>;
export type BaselineFile = Type.Static<typeof BaselineFile>;
