import { Type } from 'typebox';
import { RISK_KINDS } from '#change/risk/rule.ts';
import { strict } from '#model/environment/scalars.ts';

/** The JSON report, defined once: the TypeScript type and the JSON Schema for those who read it. */

const text = (description: string) => Type.String({ description });
const count = (description: string) => Type.Integer({ minimum: 0, description });

const severity = Type.Enum(['error', 'warning', 'info'], { description: 'How bad it is.' });

const counts = {
  documents: count('Documents.'),
  errors: count('Findings of severity error.'),
  warnings: count('Findings of severity warning.'),
  infos: count('Findings of severity info.'),
  waived: count('Findings that a waiver took away; they are in no other count.'),
  baseline: count('Findings that the baseline lets pass; they are in no other count.'),
};

const CheckRun = strict(
  {
    check: text('Name of the check: schema, graph, policy.'),
    engine: Type.Optional(text('Who judged. Left out where the check was skipped.')),
    covered: count('Documents that the check looked at.'),
    skipped: Type.Optional(text('Why the check did not run.')),
  },
  'What one check did.',
);

const Previewed = strict(
  {
    claims: count('Claims whose managed resources were previewed.'),
    resources: count('Managed resources that Crossplane will create from them; they are in no other count.'),
    checks: Type.Array(
      strict(
        { check: text('Name of the check.'), covered: count('Managed resources that the check looked at.') },
        'What one check did.',
      ),
      { description: 'The checks that ran.' },
    ),
  },
  'What the claims among the documents will create. Left out where there are no claims.',
);

const Scope = strict(
  {
    name: text('The environment, or what was checked.'),
    ...counts,
    kinds: Type.Array(
      strict(
        { kind: text('Kind.'), count: Type.Integer({ minimum: 1, description: 'Documents of this kind.' }) },
        'A kind.',
      ),
      { description: 'Documents by kind.' },
    ),
    checks: Type.Array(CheckRun, { description: 'The checks, those that were skipped included.' }),
    previewed: Type.Optional(Previewed),
  },
  'One environment, or everything where there are none.',
);

const Summary = strict(
  {
    command: text('The command that ran.'),
    gate: Type.Enum(['error', 'warning', 'info'], {
      description: 'Findings as bad as this, or worse, fail the run.',
    }),
    passed: Type.Boolean({ description: 'Whether no finding was at or above the gate.' }),
    ...counts,
    scopes: Type.Array(Scope, { description: 'The environments.' }),
  },
  'The run in figures.',
);

const Subject = strict(
  {
    apiVersion: text('Its apiVersion.'),
    kind: text('Its kind.'),
    namespace: Type.Optional(text('Its namespace; left out where it has none.')),
    name: text('Its name.'),
  },
  'The Kubernetes object that the finding speaks of.',
);

const Origin = strict(
  {
    file: text('Path of the file.'),
    line: Type.Integer({ minimum: 1, description: 'Line, from 1.' }),
    column: Type.Integer({ minimum: 1, description: 'Column, from 1.' }),
  },
  'The place that somebody can change.',
);

const reportedFields = {
  code: Type.String({
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    description: 'What it is; stable, see docs/reference/findings.md.',
  }),
  severity,
  scope: text('The environment that it was found in.'),
  subject: Type.Optional(Subject),
  pointer: Type.Optional(
    text('JSON pointer (RFC 6901) into the subject, or into the file where there is no subject.'),
  ),
  origin: Type.Optional(Origin),
  message: text('What is wrong.'),
  mend: text('How to mend it.'),
};

const ReportedFinding = strict(reportedFields, 'A finding.');

const Risk = strict(
  {
    kind: Type.Enum([...RISK_KINDS], { description: 'What can go wrong.' }),
    rule: text('The rule that says so; stable.'),
    reason: text('Why.'),
    path: Type.Optional(text('The field, for people.')),
    isBlocking: Type.Boolean({ description: 'Whether it must be acknowledged.' }),
  },
  'A risk.',
);

const value = (description: string) => Type.Optional(Type.Unknown({ description }));

const ChangedResource = strict(
  {
    action: Type.Enum(['created', 'changed', 'renamed', 'replaced', 'deleted'], {
      description: 'What happens to it.',
    }),
    subject: Subject,
    former: Type.Optional(Subject),
    managed: Type.Optional(
      strict(
        {
          claim: Subject,
          entry: text('Its name in the Composition.'),
          name: text('Its name in AWS or Atlas; empty where only they give one.'),
        },
        'Of what claim Crossplane makes it.',
      ),
    ),
    fields: Type.Array(
      strict(
        {
          path: text('The field, for people.'),
          pointer: text('JSON pointer (RFC 6901) into the new object; into the former one where it went.'),
          before: value('Left out where it came.'),
          after: value('Left out where it went.'),
        },
        'A changed field.',
      ),
      { description: 'What differs.' },
    ),
    risks: Type.Array(Risk, { description: 'The worst first.' }),
  },
  'A changed resource.',
);

const tally = (names: readonly string[], description: string) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Type.Integer({ minimum: 0 })])), {
    description,
    additionalProperties: false,
  });

const Change = strict(
  {
    environment: text('The environment.'),
    counts: tally(['created', 'changed', 'renamed', 'replaced', 'deleted'], 'Resources by action.'),
    risks: tally(RISK_KINDS, 'Resources by their worst risk.'),
    causes: Type.Array(
      strict(
        {
          path: text('The edited field of the environment; empty where no line says it.'),
          pattern: text('The same for all causes of this sort.'),
          before: value('Left out where it came.'),
          after: value('Left out where it went.'),
          renamedFrom: Type.Optional(text('What it was called.')),
          origin: Type.Optional(Origin),
          isGone: Type.Boolean({ description: 'Whether the origin is a line of the base.' }),
          resources: Type.Array(ChangedResource, { description: 'What it changes.' }),
        },
        'An edited line and what follows from it.',
      ),
      { description: 'In the order of the environment.' },
    ),
  },
  'What a change will do in one environment.',
);

const WaivedFinding = strict(
  {
    ...reportedFields,
    waiver: strict(
      {
        owner: text('Who answers for it.'),
        reason: text('Why it is no harm, or not yet mended.'),
        until: Type.Optional(
          text("The last day on which it holds. Left out where it is plimsoll's own, of what it renders."),
        ),
      },
      'The waiver.',
    ),
  },
  'A finding that is waived.',
);

export const JsonReport = Type.Object(
  {
    apiVersion: Type.Literal('plimsoll.dev/v1alpha1', { description: 'Version of this format.' }),
    kind: Type.Literal('Report', { description: 'Kind of this file.' }),
    summary: Summary,
    findings: Type.Array(ReportedFinding, { description: 'All findings that count, worst first.' }),
    waived: Type.Array(WaivedFinding, { description: 'Findings that a waiver took away.' }),
    changes: Type.Optional(
      Type.Array(Change, { description: 'Where something was compared: what it will do.' }),
    ),
    baseline: Type.Array(ReportedFinding, { description: 'Findings that the baseline lets pass.' }),
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://plimsoll.dev/schemas/report.v1alpha1.json',
    title: 'plimsoll report',
    description: 'What a run of plimsoll found.',
    additionalProperties: false,
  },
);

export type JsonReport = Type.Static<typeof JsonReport>;
export type ReportedChange = Type.Static<typeof Change>;
export type ReportedFinding = Type.Static<typeof ReportedFinding>;
export type ReportedScope = Type.Static<typeof Scope>;

/** Text of `docs/reference/report.schema.json`. */
export const reportSchemaText = (): string => `${JSON.stringify(JsonReport, null, 2)}\n`;
