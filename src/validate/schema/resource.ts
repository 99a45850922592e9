import { segmentsOf } from '#model/pointer.ts';
import { isRfc1035Label } from '../metadata/forms.ts';
import { embeddedMetadataProblems } from '../metadata/problems.ts';
import { isObject } from './jsonSchema.ts';
import type { Scope } from './scope.ts';
import { report, type Trail, type ValueCheck } from './trail.ts';
import { foundInWords, valueInWords } from './words.ts';

/**
 * The fields that every object has, at the root of a custom resource and where one is embedded in another: the
 * API server checks them itself, whatever the CRD says.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/v0.34.0/pkg/apiserver/schema/objectmeta/validation.go
 */

export const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

export function resourceFields(scope: Scope): readonly (readonly [string, ValueCheck])[] {
  const metadata = scope.compileDefinition(OBJECT_META);
  return [
    ['apiVersion', text('apiVersion', isApiVersion)],
    ['kind', text('kind', (value) => isRfc1035Label(value.toLowerCase()))],
    ['metadata', (value, trail) => metadataCheck(metadata, value, trail)],
  ];
}

/** At the root, where the kind is known, its own rules for names hold; they are judged apart. */
function metadataCheck(metadata: ValueCheck, value: unknown, trail: Trail): void {
  metadata(value, trail);
  if (isAtRoot(trail) || !isObject(value)) return;
  for (const problem of embeddedMetadataProblems(value)) {
    const { pointer = '', ...finding } = problem;
    report(trail, finding, ...segmentsOf(pointer));
  }
}

/** Whether these are the root's own fields: what they say is how the schema was found. */
const isAtRoot = (trail: Trail) => trail.keys.length <= 1;

/** `v1`, `apps/v1`. */
const isApiVersion = (value: string) => value.split('/').length <= 2;

const text =
  (format: 'apiVersion' | 'kind', has: (value: string) => boolean): ValueCheck =>
  (value, trail) => {
    if (typeof value !== 'string' || value === '') {
      const found = value === '' ? 'an empty text' : foundInWords(value, trail.secret);
      report(trail, { code: 'schema-type', severity: 'error', args: { expected: 'text', found } });
    } else if (!isAtRoot(trail) && !has(value)) {
      const args = { found: valueInWords(value, trail.secret), format };
      report(trail, { code: 'schema-format', severity: 'error', args });
    }
  };
