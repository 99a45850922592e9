import { environmentJsonSchemaText } from '#environments/json-schema.ts';
import { findingsReference } from '#report/reference.ts';
import { reportSchemaText } from '#report/report-schema.ts';
import { environmentReference } from './reference/environment.ts';
import { usesReference } from './reference/uses.ts';

/** Files that are made from the sources: path -> text. `npm run generate` writes them, `npm run check` compares. */
export const generatedFiles = (): Readonly<Record<string, string>> => ({
  'environments/environment.schema.json': environmentJsonSchemaText(),
  'docs/reference/environment.md': environmentReference(),
  'docs/reference/findings.md': findingsReference(),
  'docs/reference/report.schema.json': reportSchemaText(),
  'docs/reference/uses.md': usesReference(),
});
