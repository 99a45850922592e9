import { isQuantity } from './formats.ts';
import { type Scope, STRUCTURE } from './scope.ts';
import { report, type ValueCheck } from './trail.ts';
import { foundInWords, valueInWords } from './words.ts';

/**
 * Kubernetes' own definitions whose schema says less than the Go type that decodes them: quantities, and the
 * parts of a CRD's schema that may be one thing or another.
 */
export function specialCheck(name: string, scope: Scope): ValueCheck | undefined {
  switch (name) {
    case 'io.k8s.apimachinery.pkg.api.resource.Quantity':
      return quantityCheck;
    case 'io.k8s.apimachinery.pkg.util.intstr.IntOrString':
      return scope.compile({ format: 'int-or-string', allOf: [{ format: 'int32' }] }, STRUCTURE);
    case 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime':
      return scope.compile({ type: 'string', format: 'micro-time' }, STRUCTURE);
    case `${JSON_SCHEMA}OrArray`:
    case `${JSON_SCHEMA}OrStringArray`:
      return schemaOr(Array.isArray, scope);
    case `${JSON_SCHEMA}OrBool`:
      return schemaOr((value) => typeof value === 'boolean', scope);
    default:
      return undefined;
  }
}

const JSON_SCHEMA = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps';

const quantityCheck: ValueCheck = (value, trail) => {
  if (isQuantity(value)) return;
  if (typeof value === 'string') {
    const args = { found: valueInWords(value, trail.secret), format: 'quantity (such as 250m, 512Mi or 2)' };
    report(trail, { code: 'schema-format', severity: 'error', args });
  } else {
    const args = { expected: 'a quantity', found: foundInWords(value, trail.secret) };
    report(trail, { code: 'schema-type', severity: 'error', args });
  }
};

function schemaOr(isOther: (value: unknown) => boolean, scope: Scope): ValueCheck {
  const schema = scope.compileDefinition(JSON_SCHEMA);
  return (value, trail) => {
    if (isOther(value)) return;
    const before = trail.problems.length;
    schema(value, trail);
    // What may be one thing or another is decoded apart, where unknown fields are dropped and not refused.
    for (let index = before; index < trail.problems.length; index++) {
      const problem = trail.problems[index];
      if (problem?.code === 'schema-unknown-field')
        trail.problems[index] = { ...problem, severity: 'warning' };
    }
  };
}
