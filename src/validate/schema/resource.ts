import type { Scope } from './scope.ts';
import { report, type ValueCheck } from './trail.ts';
import { foundInWords } from './words.ts';

/**
 * The fields that every object has, at the root of a custom resource and where one is embedded in another: the
 * API server checks them itself, whatever the CRD says.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/v0.34.0/pkg/apiserver/schema/objectmeta/validation.go
 */

export const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

export function resourceFields(scope: Scope): readonly (readonly [string, ValueCheck])[] {
  const metadata = scope.compileDefinition(OBJECT_META);
  return [
    ['apiVersion', someText],
    ['kind', someText],
    ['metadata', metadata],
  ];
}

const someText: ValueCheck = (value, trail) => {
  if (typeof value === 'string' && value !== '') return;
  const found = value === '' ? 'an empty text' : foundInWords(value, trail.secret);
  report(trail, { code: 'schema-type', severity: 'error', args: { expected: 'text', found } });
};
