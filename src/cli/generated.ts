import path from 'node:path';
import { readSourceFiles } from '#environments/files.ts';
import { environmentJsonSchemaText } from '#environments/json-schema.ts';
import { readEnvironments } from '#environments/read.ts';
import { PolicyCasesFile } from '#model/policy-cases.ts';
import { WaiversFile } from '#model/waivers.ts';
import { findingsReference } from '#report/reference.ts';
import { reportSchemaText } from '#report/report-schema.ts';
import { packageRoot } from './package-root.ts';
import { isCasesName, isPolicyName, policyFiles } from './policy-files.ts';
import { environmentReference } from './reference/environment.ts';
import { platformPages } from './reference/platform.ts';
import { policyPages } from './reference/policies.ts';
import { usesReference } from './reference/uses.ts';

/** Files that are made from the sources: path -> text. `npm run generate` writes them, `npm run check` compares. */
export const generatedFiles = (): Readonly<Record<string, string>> => ({
  'environments/environment.schema.json': environmentJsonSchemaText(),
  'docs/reference/environment.md': environmentReference(),
  'docs/reference/findings.md': findingsReference(),
  'docs/reference/report.schema.json': reportSchemaText(),
  'docs/reference/uses.md': usesReference(),
  'policies/cases.schema.json': `${JSON.stringify(PolicyCasesFile, null, 2)}\n`,
  'policies/waivers.schema.json': `${JSON.stringify(WaiversFile, null, 2)}\n`,
  ...platformPages(shownEnvironments()),
  ...policyPages(shippedPolicies()),
});

/** The policies that come with plimsoll, and their cases. */
const shippedPolicies = () =>
  policyFiles(
    path.join(packageRoot(), 'policies'),
    'policies',
    (file) => isPolicyName(file) || isCasesName(file),
  ).files;

/** The sample environments: their compositions are the ones that the pages show. */
function shownEnvironments() {
  const { value } = readEnvironments(
    readSourceFiles(path.join(packageRoot(), 'environments'), 'environments'),
  );
  if (value === undefined) throw new Error('the sample environments are broken: run plimsoll synth');
  return value.map(({ environment }) => environment);
}
