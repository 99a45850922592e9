import { type JsonSchema, keyword } from './jsonSchema.ts';
import { report, type ValueCheck } from './trail.ts';
import { valueInWords } from './words.ts';

/** The check of `enum`; none where the schema has none. Objects compare by content, whatever their fields' order. */
export function enumCheck(schema: JsonSchema): readonly ValueCheck[] {
  const allowed = keyword(schema, 'enum');
  if (!Array.isArray(allowed)) return [];
  const simple = new Set<unknown>(allowed.filter((item) => typeof item !== 'object' || item === null));
  const compound = new Set(
    allowed.filter((item) => typeof item === 'object' && item !== null).map((item) => canonical(item)),
  );
  const words = allowed.map((item) => (typeof item === 'string' ? item : canonical(item)));
  return [
    (value, trail) => {
      if (simple.has(value)) return;
      if (typeof value === 'object' && value !== null && compound.has(canonical(value))) return;
      const args = { found: valueInWords(value, trail.secret), allowed: words };
      report(trail, { code: 'schema-enum', severity: 'error', args });
    },
  ];
}

/** JSON with sorted fields: equal for equal values. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${canonical(content)}`).join(',')}}`;
}
