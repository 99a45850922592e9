import path from 'node:path';
import { readSourceFiles } from '#environments/files.ts';
import { environmentJsonSchemaText } from '#environments/json-schema.ts';
import { readEnvironments } from '#environments/read.ts';
import { findingsReference } from '#report/reference.ts';
import { reportSchemaText } from '#report/report-schema.ts';
import { packageRoot } from './package-root.ts';
import { environmentReference } from './reference/environment.ts';
import { platformPages } from './reference/platform.ts';
import { usesReference } from './reference/uses.ts';

/** Files that are made from the sources: path -> text. `npm run generate` writes them, `npm run check` compares. */
export const generatedFiles = (): Readonly<Record<string, string>> => ({
  'environments/environment.schema.json': environmentJsonSchemaText(),
  'docs/reference/environment.md': environmentReference(),
  'docs/reference/findings.md': findingsReference(),
  'docs/reference/report.schema.json': reportSchemaText(),
  'docs/reference/uses.md': usesReference(),
  ...platformPages(shownEnvironments()),
});

/** The sample environments: their compositions are the ones that the pages show. */
function shownEnvironments() {
  const { value } = readEnvironments(
    readSourceFiles(path.join(packageRoot(), 'environments'), 'environments'),
  );
  if (value === undefined) throw new Error('the sample environments are broken: run plimsoll synth');
  return value.map(({ environment }) => environment);
}
