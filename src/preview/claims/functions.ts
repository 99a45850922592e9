import type { Finding } from '#model/finding.ts';
import { suggest } from '#model/suggest.ts';
import { fieldOf, type JsonObject, textOf } from '../render/composition.ts';
import { BUILT_IN_FUNCTIONS, type FunctionPackage } from '../render/pipeline.ts';

/**
 * The Functions that a Composition's steps call. One whose package is not among the manifests is a finding; if its name
 * says which one it is, the preview goes on with that.
 */
export function functionsFor(
  composition: JsonObject,
  installed: readonly FunctionPackage[],
): { readonly functions: readonly FunctionPackage[]; readonly findings: readonly Finding[] } {
  const pipeline = fieldOf(fieldOf(composition, 'spec'), 'pipeline');
  const names = (Array.isArray(pipeline) ? pipeline : []).map((step) =>
    textOf(fieldOf(step, 'functionRef'), 'name'),
  );
  const missing = [...new Set(names)].filter(
    (name) => name !== '' && !installed.some((each) => each.name === name),
  );
  return {
    functions: [
      ...installed,
      ...missing.map((name) => ({
        name,
        // `crossplane-contrib-function-auto-ready` is what a package is called where nobody names it.
        package: BUILT_IN_FUNCTIONS.find((known) => name.endsWith(known)) ?? name,
      })),
    ],
    findings: missing.map((name): Finding => {
      const suggestion = suggest(
        name,
        installed.map((each) => each.name),
      );
      return {
        code: 'preview-function-missing',
        // Where none are among the manifests, they are installed in another way.
        severity: installed.length > 0 ? 'error' : 'warning',
        args: { name, ...(suggestion === undefined ? {} : { suggestion }) },
      };
    }),
  };
}
