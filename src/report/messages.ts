import type { Codes } from '#model/codes/index.ts';
import type { Code, Finding, FindingOf } from '#model/finding.ts';
import { builtinMessages } from './messages/builtin.ts';
import { celMessages } from './messages/cel.ts';
import { changeMessages } from './messages/change.ts';
import { chartMessages } from './messages/chart.ts';
import { compositionMessages } from './messages/composition.ts';
import { environmentMessages } from './messages/environment.ts';
import { graphMessages } from './messages/graph.ts';
import { manifestMessages } from './messages/manifest.ts';
import type { Message, Messages } from './messages/message.ts';
import { metadataMessages } from './messages/metadata.ts';
import { platformMessages } from './messages/platform.ts';
import { policyMessages } from './messages/policy.ts';
import { policyTestMessages } from './messages/policy-test.ts';
import { previewMessages } from './messages/preview.ts';
import { schemaMessages } from './messages/schema.ts';
import { trustMessages } from './messages/trust.ts';
import { waiverMessages } from './messages/waiver.ts';

/** The words of every code, from one file for each part of the flow. */
export const messages: Messages<Codes> = {
  ...environmentMessages,
  ...manifestMessages,
  ...platformMessages,
  ...schemaMessages,
  ...metadataMessages,
  ...celMessages,
  ...compositionMessages,
  ...builtinMessages,
  ...policyMessages,
  ...policyTestMessages,
  ...waiverMessages,
  ...previewMessages,
  ...changeMessages,
  ...chartMessages,
  ...trustMessages,
  ...graphMessages,
};

/** A finding in words. None ends with a period; both may hold what a stranger wrote, so reports escape them. */
export interface Told {
  readonly title: string;
  readonly sentence: string;
  readonly mend: string;
}

export function messageOf(finding: Finding): Told {
  return tell(finding);
}

function tell<C extends Code>({ code, args }: FindingOf<C>): Told {
  const message: Message<Codes[C]> = messages[code];
  return { title: message.title, sentence: message.sentence(args), mend: message.mend(args) };
}

/** So many policies are named in a note on several. */
const MOST_NAMES = 12;

/** Notes of one code on one policy each, in one sentence; undefined where the code has none for that. */
export function togetherOf(findings: readonly Finding[]): string | undefined {
  const [first] = findings;
  const together = first?.severity === 'info' ? messages[first.code].together : undefined;
  if (together === undefined) return undefined;
  const names = findings.flatMap(({ args }) =>
    'policy' in args && args.policy !== undefined ? [args.policy] : [],
  );
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return together(findings.length, names.slice(0, MOST_NAMES).join(', ') + more);
}
