import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { plainSchema } from '#validate/kubeconform/convert.ts';
import { documentJudge } from '#validate/schema/check.ts';
import { isObject } from '#validate/schema/jsonSchema.ts';
import { patternOf } from '#validate/schema/pattern.ts';
import type { KindSchema } from '#validate/schema/store.ts';
import { corpusStore, good } from '../schemas.ts';

/** The lazy validator against ajv, which knows JSON Schema but not Kubernetes, on mutants of valid manifests. */

const store = corpusStore();
const judge = documentJudge(store);
const re2 = Object.assign(
  (pattern: string) => ({
    test: (text: string) => patternOf(pattern)?.matches(text) ?? false,
    // ajv tells compiled patterns apart by this.
    toString: () => pattern,
  }),
  { code: 're2' },
);
const ajv = new Ajv({ strict: false, validateFormats: false, code: { regExp: re2 } });
const compiled = new Map<KindSchema, ValidateFunction>();

function ajvErrors(kind: KindSchema, document: unknown): readonly unknown[] {
  const check = compiled.get(kind) ?? ajv.compile(plainSchema(kind, store));
  compiled.set(kind, check);
  return check(document) ? [] : (check.errors ?? ['rejected']);
}

/**
 * JSON Schema has no word for the keys of list maps, nor for what embedded objects are called (`apiVersion`, `kind`,
 * metadata), nor for what Go drops or decodes without a word.
 */
const sayable = ({ code, args, severity }: Finding) =>
  (severity === 'error' ||
    code === 'schema-unknown-field' ||
    (code === 'schema-type' && args.found !== 'null')) &&
  !code.startsWith('metadata-') &&
  !(code === 'schema-format' && (args.format === 'apiVersion' || args.format === 'kind')) &&
  !(code === 'schema-duplicate-item' && args.keys.length > 0);

const documents = good().map(({ object }) => ({
  object: JSON.parse(JSON.stringify(object)) as unknown,
  kind: store.find(object.apiVersion, object.kind),
}));

const junk = fc.constantFrom<unknown>(
  ...[null, '', 'x', '10', 0, -1, 1.5, 2 ** 31, 2 ** 40, true, [], {}, [null], ['a'], ['a', 'a'], [{}]],
  ...[{ a: 1 }, { name: 'x' }, { name: null }, '2025-01-02T03:04:05Z', 'c2hpcA==', '1Gi', '50%'],
);

type Mutation = readonly [at: number, change: 'replace' | 'delete' | 'rename' | 'add', value: unknown];
const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(400),
  fc.constantFrom('replace', 'delete', 'rename', 'add'),
  junk,
);

/** All places of a document: what holds them, and by which key. */
function places(value: unknown): readonly (readonly [object, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [[value, key] as const, ...places(Reflect.get(value, key))]);
}

function mutated(document: unknown, mutations: readonly Mutation[]): unknown {
  const copy: unknown = structuredClone(document);
  for (const [at, change, value] of mutations) {
    const all = places(copy);
    const [holder, key] = all[at % Math.max(1, all.length)] ?? [];
    if (holder === undefined || key === undefined) continue;
    const content: unknown = Reflect.get(holder, key);
    const fresh = structuredClone(value);
    if (change === 'replace') Reflect.set(holder, key, fresh);
    else if (change === 'add' && isObject(content)) Reflect.set(content, 'extra', fresh);
    else if (change === 'add' && Array.isArray(content)) content.push(fresh);
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      Reflect.deleteProperty(holder, key);
      if (change === 'rename') Reflect.set(holder, `${key}s`, content);
    }
  }
  return copy;
}

describe('the lazy validator and ajv', () => {
  it('both accept every manifest of the good corpus', { timeout: 60_000 }, () => {
    for (const { object, kind } of documents) {
      expect(kind, JSON.stringify(object)).toBeDefined();
      if (kind === undefined) continue;
      expect(judge(object, kind)).toEqual([]);
      expect(ajvErrors(kind, object), kind.kind).toEqual([]);
    }
  });

  it('give the same verdict on mutants', { timeout: 120_000 }, () => {
    const verdicts = { accepted: 0, rejected: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        ({ object, kind }, mutations) => {
          if (kind === undefined) return;
          const document = mutated(object, mutations);
          const problems = judge(document, kind).filter(sayable);
          const accepted = problems.length === 0;
          verdicts[accepted ? 'accepted' : 'rejected']++;
          const errors = ajvErrors(kind, document);
          expect(errors.length === 0, JSON.stringify({ document, problems, errors })).toBe(accepted);
        },
      ),
      { numRuns: Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 1_500) },
    );
    expect(verdicts.accepted).toBeGreaterThan(100);
    expect(verdicts.rejected).toBeGreaterThan(100);
  });
});
