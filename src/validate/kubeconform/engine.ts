import type { Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import type { CheckOutcome } from '../check.ts';
import { findingAt } from '../finding.ts';
import { judgeKind } from '../schema/kind.ts';
import type { KindSchema, SchemaStore } from '../schema/store.ts';
import { plainSchema } from './convert.ts';
import type { KubeconformHost } from './host.ts';
import { type KubeconformResult, parseResults, problemsIn } from './results.ts';

/**
 * The schema check by kubeconform, offline: the same kinds and schemas as the embedded check, judged by a
 * program that thousands use.
 *
 * Guarantees: a document counts as covered only where kubeconform gave a verdict on it; a program that is
 * missing, too old, stopped or talking nonsense is one finding, and nothing is covered.
 */
export function checkWithKubeconform(
  manifests: readonly Manifest[],
  store: SchemaStore,
  host: KubeconformHost,
): CheckOutcome {
  const program = findProgram(host);
  if ('finding' in program) return nothing('kubeconform', [program.finding]);
  const engine = `kubeconform ${program.version}`;
  const findings: Finding[] = [];
  const judged: Judged[] = [];
  const suggest = suggester();
  for (const manifest of manifests) {
    const { schema, findings: found } = judgeKind(manifest, store, suggest);
    findings.push(...found);
    if (schema === undefined) continue;
    // Group and kind become a file's name; those of a foreign CRD may be anything.
    if (isFileName(schema)) judged.push({ manifest, schema });
    else findings.push(findingAt(manifest, failed('its group or kind is no name of an API'), '/apiVersion'));
  }
  if (judged.length === 0) return nothing(engine, findings);
  const verdicts = judge(judged, store, host, program.path);
  if ('finding' in verdicts) return nothing(engine, [...findings, verdicts.finding]);
  return {
    check: 'schema',
    engine,
    findings: [...findings, ...verdicts.findings],
    covered: verdicts.covered,
  };
}

const INSTALL = 'go install github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0';
const LEAST_VERSION = [0, 6] as const;

interface Judged {
  readonly manifest: Manifest;
  readonly schema: KindSchema;
}

const isFileName = ({ apiVersion, kind }: KindSchema) =>
  /^[a-z0-9-]+([./][a-z0-9-]+)*$/.test(apiVersion) && /^[A-Za-z0-9]+$/.test(kind);

const nothing = (engine: string, findings: readonly Finding[]): CheckOutcome => ({
  check: 'schema',
  engine,
  findings,
  covered: new Set(),
});

type Program = { readonly path: string; readonly version: string } | { readonly finding: Finding };

function findProgram(host: KubeconformHost): Program {
  const path = host.find();
  if (path === undefined) {
    return { finding: { code: 'kubeconform-missing', severity: 'error', args: { install: INSTALL } } };
  }
  const { status, output, problem } = host.run(path, ['-v']);
  if (status !== 0) return { finding: failed(problem ?? `-v ended with exit code ${status}`) };
  const said = output.trim();
  const version = (said === 'development' ? (host.builtFrom(path) ?? said) : said).replace(/^v/, '');
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  // A build from a checkout says only "development"; whether it fits shows when its output is read.
  if (major === undefined)
    return version === 'development' || version === '(devel)'
      ? { path, version }
      : { finding: failed(`it calls its version "${version.slice(0, 40)}"`) };
  const [leastMajor, leastMinor] = LEAST_VERSION;
  const enough = Number(major) > leastMajor || (Number(major) === leastMajor && Number(minor) >= leastMinor);
  if (enough) return { path, version };
  const args = { found: version, needed: LEAST_VERSION.join('.'), install: INSTALL };
  return { finding: { code: 'kubeconform-version', severity: 'error', args } };
}

const failed = (problem: string): Finding => ({
  code: 'kubeconform-failed',
  severity: 'error',
  args: { problem },
});

type Verdicts =
  | { readonly findings: readonly Finding[]; readonly covered: ReadonlySet<Manifest> }
  | { readonly finding: Finding };

function judge(
  judged: readonly Judged[],
  store: SchemaStore,
  host: KubeconformHost,
  program: string,
): Verdicts {
  return host.withFolder(filesFor(judged, store), (folder) => {
    const template = `${folder}/schemas/{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json`;
    const args = [
      '-output',
      'json',
      '-strict',
      '-verbose',
      '-schema-location',
      template,
      `${folder}/documents`,
    ];
    const { status, output, errors, problem } = host.run(program, args);
    if (problem !== undefined || status === undefined)
      return { finding: failed(problem ?? 'it was stopped') };
    const results = parseResults(output);
    if (results === undefined || (status !== 0 && status !== 1)) {
      const said = errors.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
      return {
        finding: failed(`exit code ${status}, ${said === '' ? 'output that is no JSON of its own' : said}`),
      };
    }
    return verdictsOf(judged, results);
  });
}

/** Documents by number, so that a result finds its manifest whatever kubeconform's order; each schema once. */
function* filesFor(judged: readonly Judged[], store: SchemaStore): Iterable<readonly [string, string]> {
  const written = new Set<KindSchema>();
  for (const [index, { manifest, schema }] of judged.entries()) {
    yield [`documents/${index}.json`, json(manifest.object)];
    if (written.has(schema)) continue;
    written.add(schema);
    const parts = schema.apiVersion.split('/');
    const name = `${parts[0]}_${parts.at(-1)}_${schema.kind.toLowerCase()}.json`;
    yield [`schemas/${name}`, json(plainSchema(schema, store))];
  }
}

/** JSON that a YAML reader takes: it refuses some characters that JSON allows. */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function verdictsOf(judged: readonly Judged[], results: readonly KubeconformResult[]): Verdicts {
  const findings: Finding[] = [];
  const covered = new Set<Manifest>();
  for (const { file, status, message } of inOrder(results)) {
    const manifest = judged[numberOf(file)]?.manifest;
    if (manifest === undefined) return { finding: failed(`it speaks of ${file}, which it was not given`) };
    if (status === 'error') {
      findings.push(findingAt(manifest, failed(message), ''));
      continue;
    }
    covered.add(manifest);
    if (status === 'valid') continue;
    const { kind, apiVersion } = manifest.object;
    const secret = kind === 'Secret' && apiVersion === 'v1';
    for (const problem of problemsIn(message, manifest.object, secret)) {
      findings.push(findingAt(manifest, problem, problem.pointer ?? ''));
    }
  }
  return { findings, covered };
}

const numberOf = (file: string) => Number(/(\d+)\.json$/.exec(file)?.[1]);

const inOrder = (results: readonly KubeconformResult[]) =>
  [...results].sort((left, right) => numberOf(left.file) - numberOf(right.file));
