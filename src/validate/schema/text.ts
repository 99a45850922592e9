import { customFormatOf } from './custom-formats.ts';
import { formatOf } from './formats.ts';
import { type JsonSchema, numberOf, textOf } from './jsonSchema.ts';
import { patternOf } from './pattern.ts';
import type { Scope } from './scope.ts';
import { reportSize } from './size.ts';
import { report, type Trail } from './trail.ts';
import { valueInWords } from './words.ts';

type TextCheck = (value: string, trail: Trail) => void;

/** Length, pattern and format of a text. */
export function textCheck(schema: JsonSchema, scope: Scope): TextCheck | undefined {
  const checks = [lengthCheck(schema), patternCheck(schema), formatCheck(schema, scope)].filter(
    (check) => check !== undefined,
  );
  if (checks.length === 0) return undefined;
  return (value, trail) => {
    for (const check of checks) check(value, trail);
  };
}

function lengthCheck(schema: JsonSchema): TextCheck | undefined {
  const least = numberOf(schema, 'minLength') ?? 0;
  const most = numberOf(schema, 'maxLength') ?? Number.POSITIVE_INFINITY;
  if (least === 0 && most === Number.POSITIVE_INFINITY) return undefined;
  return (value, trail) => {
    // Kubernetes counts characters, JavaScript UTF-16 code units; there are never more of the former.
    if (value.length >= least * 2 && value.length <= most) return;
    reportSize(trail, 'characters', [...value].length, least, most);
  };
}

function patternCheck(schema: JsonSchema): TextCheck | undefined {
  const source = textOf(schema, 'pattern');
  if (source === undefined || source === '') return undefined;
  const pattern = patternOf(source);
  if (pattern === undefined) {
    const problem = `its pattern ${source} is no RE2 pattern`;
    return (_, trail) => report(trail, { code: 'schema-unusable', severity: 'error', args: { problem } });
  }
  return (value, trail) => {
    if (pattern.matches(value)) return;
    const args = { found: valueInWords(value, trail.secret), pattern: source };
    report(trail, { code: 'schema-pattern', severity: 'error', args });
  };
}

function formatCheck(schema: JsonSchema, { family, kubernetesVersion }: Scope): TextCheck | undefined {
  const name = textOf(schema, 'format');
  if (name === undefined) return undefined;
  const format = family === 'custom' ? customFormatOf(name, kubernetesVersion) : formatOf(name);
  if (format === undefined) return undefined;
  return (value, trail) => {
    if (format(value)) return;
    // Only secrets are kept as bytes.
    const found = name === 'byte' ? 'this text' : valueInWords(value, trail.secret);
    report(trail, { code: 'schema-format', severity: 'error', args: { found, format: name } });
  };
}
