import { type Static, Type } from 'typebox';
import Value from 'typebox/value';
import { failed, type Outcome, type Problem } from './problem.ts';

/**
 * `imports/imports.lock.json`: what is imported, from where, and what came out of it. People edit `sources` and
 * `files` (and let `plimsoll import --pin` fill in the sums); `generated` belongs to `plimsoll import`.
 */

/** A relative path whose segments begin with no dot: it can't lead out of a folder, nor to a hidden file. */
const PATH = '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$';
const SHA256 = '^[0-9a-f]{64}$';

const Source = Type.Object(
  {
    repository: Type.String({ pattern: '^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$', description: 'owner/name' }),
    version: Type.String({ minLength: 1, maxLength: 100, description: 'the release, for people' }),
    commit: Type.String({ pattern: '^[0-9a-f]{40}$', description: 'the commit that is read' }),
    licence: Type.String({ minLength: 1, maxLength: 100, description: 'SPDX identifier' }),
    url: Type.String({
      pattern: '^https://[A-Za-z0-9.-]+/[A-Za-z0-9._~/{}-]*\\{file\\}$',
      description: 'with {commit} and {file}',
    }),
    mirror: Type.String({
      pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/\\{file\\}(\\.gz)?$',
      description: 'path in a mirror, with {file}; what ends in .gz is unpacked',
    }),
    kubernetes: Type.Optional(
      Type.String({ pattern: '^1\\.[0-9]{1,3}$', description: 'the Kubernetes minor whose own API this is' }),
    ),
  },
  { additionalProperties: false },
);

const File = Type.Object(
  {
    source: Type.String({ description: 'a key of "sources"' }),
    file: Type.String({ pattern: PATH, maxLength: 300 }),
    sha256: Type.String({ pattern: SHA256, description: 'of the unpacked content' }),
    constructs: Type.Optional(Type.Boolean({ description: 'typed constructs too, not only a schema' })),
    version: Type.Optional(
      Type.String({
        pattern: '^v[0-9][a-z0-9]{0,20}$',
        description: "the constructs' version; default: the storage version",
      }),
    ),
    input: Type.Optional(Type.Boolean({ description: "a Crossplane function's input, no cluster API" })),
  },
  { additionalProperties: false },
);

const LockSchema = Type.Object(
  {
    sources: Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,62}$' }), Source),
    files: Type.Array(File, { minItems: 1, maxItems: 2000 }),
    generated: Type.Object(
      {
        from: Type.String({ pattern: `^$|${SHA256}`, description: 'sha256 over everything that went in' }),
        files: Type.Record(Type.String({ pattern: PATH }), Type.String({ pattern: SHA256 })),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** One upstream project at one version. */
export type Source = Static<typeof Source>;
/** One file of a source. */
export type SourceFile = Static<typeof File>;
export type Lock = Static<typeof LockSchema>;

/** Reads and checks the lock file's text. The paths in the result lead nowhere but into their folder. */
export function readLock(text: string): Outcome<Lock> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return failed({
      code: 'lock-unreadable',
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  if (!Value.Check(LockSchema, data)) {
    const wrong = Value.Errors(LockSchema, data).slice(0, 20);
    return failed(
      ...wrong.map(
        (error): Problem => ({ code: 'lock-invalid', pointer: error.instancePath, reason: error.message }),
      ),
    );
  }
  const problems = crossCheck(data);
  return { value: problems.length === 0 ? data : undefined, problems };
}

/** What a schema can't say: references between the parts, and no file twice. */
function crossCheck(lock: Lock): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  lock.files.forEach(({ source, file }, index) => {
    const pointer = `/files/${index}`;
    if (!Object.hasOwn(lock.sources, source)) {
      problems.push({
        code: 'lock-invalid',
        pointer: `${pointer}/source`,
        reason: `there is no source "${source}"`,
      });
    }
    if (seen.has(`${source}/${file}`)) {
      problems.push({ code: 'lock-invalid', pointer, reason: `${file} of ${source} is listed twice` });
    }
    seen.add(`${source}/${file}`);
  });
  return problems;
}

/** The lock file's text: stable order, one file a line, so that a change of version reads well in a review. */
export function writeLock(lock: Lock): string {
  const sources = Object.keys(lock.sources)
    .sort()
    .map((name) => `    ${JSON.stringify(name)}: ${spread(lock.sources[name])}`);
  const files = lock.files.map((file) => `    ${line(file)}`);
  const generated = Object.keys(lock.generated.files)
    .sort()
    .map((path) => `      ${JSON.stringify(path)}: ${JSON.stringify(lock.generated.files[path])}`);
  return [
    '{',
    '  "sources": {',
    sources.join(',\n'),
    '  },',
    '  "files": [',
    files.join(',\n'),
    '  ],',
    '  "generated": {',
    `    "from": ${JSON.stringify(lock.generated.from)},`,
    generated.length === 0 ? '    "files": {}' : `    "files": {\n${generated.join(',\n')}\n    }`,
    '  }',
    '}',
    '',
  ].join('\n');
}

const line = (value: object): string => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
const spread = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\n    ');
