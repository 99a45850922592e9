import type { StructuralSchema } from '#platform/structural.ts';

/** Field paths of Crossplane: `spec.rule[0].days`, `metadata.annotations[crossplane.io/external-name]`. */

type Segment = string | number;

function segments(path: string): readonly Segment[] {
  const found = [...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)];
  const text = found
    .map(([whole]) => whole)
    .join('.')
    .replaceAll('.[', '[');
  if (text !== path) throw new Error(`not a field path: ${path}`);
  return found.map(([, bracket, plain]) => {
    const name = bracket ?? plain ?? '';
    return bracket !== undefined && /^\d+$/.test(bracket) ? Number(bracket) : name;
  });
}

/** The schema of what a path leads to, or undefined where the schema has no such field. */
export function schemaAt(schema: StructuralSchema, path: string): StructuralSchema | undefined {
  let here: StructuralSchema | undefined = schema;
  for (const segment of segments(path)) {
    if (here === undefined) return undefined;
    if (here['x-kubernetes-preserve-unknown-fields'] === true) return {};
    here =
      typeof segment === 'number' ? here.items : (here.properties?.[segment] ?? here.additionalProperties);
  }
  return here;
}

type Json = { [name: Segment]: unknown };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

export const valueAt = (value: unknown, path: string): unknown =>
  segments(path).reduce<unknown>((here, segment) => (isJson(here) ? here[segment] : undefined), value);

/** Sets a value, making objects and lists on the way, as Crossplane does. */
export function setAt(root: object, path: string, value: unknown): void {
  const steps = segments(path);
  let here = root as Json;
  for (const [index, step] of steps.entries()) {
    if (index === steps.length - 1) here[step] = value;
    else {
      const next = here[step] ?? (typeof steps[index + 1] === 'number' ? [] : {});
      here[step] = next;
      here = next as Json;
    }
  }
}
