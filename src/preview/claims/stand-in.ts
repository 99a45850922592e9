import { failureOf } from '../failure.ts';
import { encodeBase64 } from '../go/base64.ts';
import type { GoValue } from '../go/value.ts';
import type { Transform } from '../patch-and-transform/input.ts';
import { transformed } from '../patch-and-transform/transform.ts';
import { sampleOf } from './sample.ts';

/**
 * A value that nobody can know before the thing exists, in a form that whoever reads it can work with. Texts say what
 * they are; they stay within what names and labels allow, since a patch may carry them there.
 */

const MARK = 'known-after-creation';

/** `known-after-creation.tideline-production.private-a`. */
export const markOf = (...parts: readonly string[]): string => [MARK, ...parts.map(worded)].join('.');

/** `endpointServiceName` -> `endpoint-service-name`. */
const worded = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();

/** A value of a type of OpenAPI that all uses of it can transform; where none is found, one that is plainly marked. */
export function standIn(
  mark: string,
  type: string | undefined,
  uses: readonly (readonly Transform[])[],
): GoValue {
  const candidates = candidatesOf(mark, type, uses);
  return (
    candidates.find((candidate) => uses.every((chain) => isTransformable(candidate, chain))) ??
    candidates.at(-1) ??
    mark
  );
}

function candidatesOf(
  mark: string,
  type: string | undefined,
  uses: readonly (readonly Transform[])[],
): readonly GoValue[] {
  switch (type) {
    case 'integer':
    case 'number':
      return [1, 0, 100];
    case 'boolean':
      return [true, false];
    case 'array':
      return [[mark], []];
    case 'object':
      return [{}];
    default: {
      const shaped = uses.map((chain) => chain.reduceRight(before, mark)).filter((text) => text !== mark);
      // Without a type the schema says nothing: it may be anything.
      return type === undefined ? [...shaped, mark, 1, true, mark] : [...shaped, mark];
    }
  }
}

/** A text that a transform makes this text of, or at least accepts. */
function before(after: string, { type, string, match, map, convert }: Transform): string {
  switch (type) {
    case 'string':
      if (string?.type === 'TrimPrefix') return `${string.trim ?? ''}${after}`;
      if (string?.type === 'TrimSuffix') return `${after}${string.trim ?? ''}`;
      if (string?.type === 'Regexp') return sampleOf(string.regexp?.match ?? '') ?? after;
      return string?.convert === 'FromBase64' ? encodeBase64(after) : after;
    case 'match': {
      const [pattern] = match?.patterns ?? [];
      return pattern?.literal ?? sampleOf(pattern?.regexp ?? '') ?? after;
    }
    case 'map':
      return Object.keys(map ?? {})[0] ?? after;
    case 'convert':
      return CONVERTED[convert?.toType ?? ''] ?? after;
    default:
      return after;
  }
}

const CONVERTED: Readonly<Record<string, string>> = {
  bool: 'true',
  int: '1',
  int64: '1',
  float64: '1',
  object: '{}',
  array: '[]',
};

function isTransformable(value: GoValue, chain: readonly Transform[]): boolean {
  try {
    transformed(value, chain);
    return true;
  } catch (error) {
    failureOf(error);
    return false;
  }
}
