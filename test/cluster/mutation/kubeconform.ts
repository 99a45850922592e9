import { plainSchema } from '#validate/kubeconform/convert.ts';
import { machine } from '#validate/kubeconform/host.ts';
import { parseResults } from '#validate/kubeconform/results.ts';
import type { SchemaStore } from '#validate/schema/store.ts';
import type { Mutant } from './mutants.ts';

/** kubeconform's verdicts on the same texts, with the same schemas: whether each is rejected, by id. */
export function kubeconformVerdicts(
  mutants: readonly Mutant[],
  store: SchemaStore,
): { readonly version: string; readonly isRejected: (id: string) => boolean } | undefined {
  const host = machine(process.env);
  const program = host.find();
  if (program === undefined) return undefined;
  const rejected = new Set<string>();
  for (let start = 0; start < mutants.length; start += TOGETHER) {
    const some = mutants.slice(start, start + TOGETHER);
    host.withFolder(filesFor(some, store), (folder) => {
      const schemas = `${folder}/schemas/{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json`;
      const args = [
        '-strict',
        '-verbose',
        '-output',
        'json',
        '-schema-location',
        schemas,
        `${folder}/documents`,
      ];
      const { output, errors } = host.run(program, args);
      const results = parseResults(output);
      if (results === undefined) throw new Error(`kubeconform said no JSON: ${errors.slice(0, 500)}`);
      for (const { file, status } of results) {
        if (status !== 'valid') rejected.add(/([0-9]+)\.yaml$/.exec(file)?.[1] ?? '');
      }
    });
  }
  return { version: host.builtFrom(program) ?? '', isRejected: (id) => rejected.has(id) };
}

const TOGETHER = 5000;

function* filesFor(mutants: readonly Mutant[], store: SchemaStore): Iterable<readonly [string, string]> {
  const written = new Set<string>();
  for (const { id, text, kind } of mutants) {
    yield [`documents/${id}.yaml`, text];
    if (written.has(kind)) continue;
    written.add(kind);
    const [apiVersion = '', name = ''] = kind.split(' ');
    const schema = store.find(apiVersion, name);
    const parts = apiVersion.split('/');
    if (schema === undefined) continue;
    yield [
      `schemas/${parts[0]}_${parts.at(-1)}_${name.toLowerCase()}.json`,
      JSON.stringify(plainSchema(schema, store)),
    ];
  }
}
