import type { Codes } from '#model/codes/index.ts';
import type { Code } from '#model/finding.ts';
import { builtinExplanations } from './explanations/builtin.ts';
import { celExplanations } from './explanations/cel.ts';
import { changeExplanations } from './explanations/change.ts';
import { chartExplanations } from './explanations/chart.ts';
import { compositionExplanations } from './explanations/composition.ts';
import { environmentExplanations } from './explanations/environment.ts';
import type { Explanation, Explanations } from './explanations/explanation.ts';
import { graphExplanations } from './explanations/graph.ts';
import { manifestExplanations } from './explanations/manifest.ts';
import { metadataExplanations } from './explanations/metadata.ts';
import { policyExplanations } from './explanations/policy.ts';
import { policyTestExplanations } from './explanations/policy-test.ts';
import { previewExplanations } from './explanations/preview.ts';
import { schemaExplanations } from './explanations/schema.ts';
import { trustExplanations } from './explanations/trust.ts';
import { waiverExplanations } from './explanations/waiver.ts';
import { messages } from './messages.ts';

/** Every code has one: a code without does not compile. */
const explanations: Explanations<Codes> = {
  ...environmentExplanations,
  ...manifestExplanations,
  ...schemaExplanations,
  ...metadataExplanations,
  ...celExplanations,
  ...builtinExplanations,
  ...compositionExplanations,
  ...graphExplanations,
  ...policyExplanations,
  ...policyTestExplanations,
  ...waiverExplanations,
  ...trustExplanations,
  ...previewExplanations,
  ...changeExplanations,
  ...chartExplanations,
};

/** All codes, sorted. */
export const codes: readonly Code[] = (Object.keys(messages) as Code[]).sort();

/** What a code means, for reports that carry it along. */
export function explanationOf(code: Code): Explanation & { readonly title: string } {
  return { title: messages[code].title, ...explanations[code] };
}

/** A code in words, as text for a terminal; ends with a line break. */
export function explained(code: Code): string {
  const { why, mend, link } = explanations[code];
  return [
    `${code}: ${messages[code].title}`,
    `  why:  ${why}`,
    `  mend: ${mend}`,
    `  see:  ${link}`,
    '',
  ].join('\n');
}
