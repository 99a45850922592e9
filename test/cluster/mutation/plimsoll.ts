import fs from 'node:fs';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { crdsOfXrd } from '#platform/foreign-xrd.ts';
import { CHECKS, type CheckName } from '#validate/check.ts';
import { uncovered } from '#validate/coverage.ts';
import { openStore, type SchemaStore } from '#validate/schema/store.ts';
import { type ValidationOptions, validate } from '#validate/validate.ts';
import type { Mutant } from './mutants.ts';

/** Plimsoll's verdicts: what `validate --skip-checks composition,graph,policy` says of each mutant as the only document. */
export interface Verdict {
  readonly isRejected: boolean;
  /** `schema-type /spec/replicas`, errors only. */
  readonly findings: readonly string[];
}

/** What defines kinds changes how others are judged; each of these is judged alone. */
const DEFINES = /^(CustomResourceDefinition|CompositeResourceDefinition)$/;
/** What an API server has no say in: other documents, the inputs of functions, and the company's own rules. */
const SKIPPED: readonly CheckName[] = ['composition', 'graph', 'policy'];
const TOGETHER = 2000;

export function verdicts(mutants: readonly Mutant[], store: SchemaStore): readonly Verdict[] {
  const bases = new Map(mutants.map(({ id, isUpdate, base }) => [id, isUpdate ? base : undefined]));
  const options: ValidationOptions = {
    store,
    checks: CHECKS.filter((check) => !SKIPPED.includes(check)),
    crdsOfXrd,
    previous: ({ file }) => bases.get(file),
  };
  const found = new Map<string, Finding[]>(mutants.map(({ id }) => [id, []]));
  const say = (findings: readonly Finding[], id = '') => {
    for (const finding of findings) found.get(finding.origin?.file ?? id)?.push(finding);
  };
  const together: Manifest[] = [];
  const judge = (manifests: readonly Manifest[]) => {
    const outcomes = validate(manifests, options);
    const id = manifests.length === 1 ? manifests[0]?.file : undefined;
    say([...outcomes.flatMap(({ findings }) => findings), ...uncovered(manifests, outcomes)], id);
  };
  for (const { id, text } of mutants) {
    const { manifests, findings } = readManifestText(text, id);
    say(findings, id);
    if (manifests.length !== 1 || manifests.some(({ object }) => DEFINES.test(object.kind))) judge(manifests);
    else together.push(...manifests);
  }
  for (let start = 0; start < together.length; start += TOGETHER)
    judge(together.slice(start, start + TOGETHER));
  return mutants.map(({ id }) => {
    const errors = (found.get(id) ?? []).filter(({ severity }) => severity === 'error');
    return {
      isRejected: errors.length > 0,
      findings: errors.map(({ code, pointer = '' }) => `${code} ${pointer}`.trim()),
    };
  });
}

/** The imported schemas of a Kubernetes version, as the command has them. */
export const importedSchemas = (version: string): SchemaStore =>
  openStore(version, (file) => JSON.parse(fs.readFileSync(`imports/schemas/${file}`, 'utf8')));
