import type { LoadedEnvironment } from '#environments/read.ts';
import { delivered, hooksOf, kindsOf, type ScopeOf, secretKeys } from '#helm/documents.ts';
import { valuesProblems } from '#helm/values.ts';
import { emit } from '#manifests/emit.ts';
import { fileName, identity } from '#manifests/identity.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { ChartKinds, RenderedKinds } from '#model/chart-projects.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Finding } from '#model/finding.ts';
import { type Release, releaseFolder } from '#model/release.ts';
import { releases } from '#model/releases.ts';
import { messageOf } from '#report/messages.ts';
import type { Terminal } from '../terminal.ts';
import { helmTemplate, type Template } from './helm.ts';
import { type ChartFolder, lockedFiles } from './store.ts';

/**
 * The charts of an environment that say `render: true` -> their manifests.
 *
 * Input: a checked environment, and locked charts on disk. Output: manifests in `<environment>/chart-<name>/`, each
 * blamed on the chart's line; findings for what can't be had, does not render, or must not be in git.
 * Guarantees: no network; each is rendered twice, and only what comes out the same is taken.
 */
export interface RenderedCharts {
  readonly manifests: readonly Manifest[];
  /** By release. */
  readonly kinds: RenderedKinds;
  readonly findings: readonly Finding[];
}

type Blame = (finding: Finding, below?: string) => void;

export function renderCharts(
  { environment, locate }: Pick<LoadedEnvironment, 'environment' | 'locate'>,
  folder: ChartFolder,
  scopeOf: ScopeOf,
  terminal: Pick<Terminal, 'env'>,
  kubernetesVersion: string = environment.spec.cluster.kubernetesVersion,
): RenderedCharts {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  const kinds = new Map<string, ChartKinds>();
  for (const release of releases(environment)) {
    if (release.isRendered !== true) continue;
    const blame: Blame = (finding, below = '') => {
      const pointer = `${release.pointer}${below}`;
      const origin = locate(pointer);
      findings.push({ ...finding, pointer, ...(origin && { origin }) });
    };
    const objects = objectsOf(environment, release, { folder, scopeOf, terminal, kubernetesVersion }, blame);
    kinds.set(release.name, kindsOf(objects, scopeOf));
    for (const object of objects)
      manifests.push({
        object,
        file: `${environment.metadata.name}/${releaseFolder(release.name)}/${fileName(object)}`,
        locate: () => locate(release.pointer),
      });
  }
  return { manifests, kinds, findings };
}

interface Means {
  readonly folder: ChartFolder;
  readonly scopeOf: ScopeOf;
  readonly terminal: Pick<Terminal, 'env'>;
  readonly kubernetesVersion: string;
}

function objectsOf(
  environment: Environment,
  release: Release,
  { folder, scopeOf, terminal, kubernetesVersion }: Means,
  blame: Blame,
): readonly KubernetesObject[] {
  const { chart, version, values } = release;
  const found = lockedFiles(folder, release);
  if ('code' in found) {
    // The bridge over the union: code and args come from one problem, which has them matched.
    blame({ ...found, severity: 'error' } as Finding, '/version');
    return [];
  }
  const refused = valuesProblems(found.files, values);
  for (const { pointer, problem } of refused)
    blame(
      { code: 'chart-value-refused', severity: 'error', args: { chart, version, problem } },
      `/values${pointer}`,
    );
  if (refused.length > 0) return [];
  const render = () =>
    renderedOnce(
      release,
      { ...templateOf(environment, release, found.files), kubernetesVersion },
      scopeOf,
      terminal,
      blame,
    );
  const first = render();
  const again = first && render();
  if (first === undefined || again === undefined) return [];
  const objects = differing(first, again);
  if (objects.length > 0)
    blame({ code: 'chart-not-repeatable', severity: 'error', args: { chart, version, objects } });
  for (const object of first) judge(object, release, blame);
  return first;
}

const templateOf = (
  environment: Environment,
  { name, namespace, values }: Release,
  files: Template['files'],
): Omit<Template, 'kubernetesVersion'> => ({
  files,
  release: name,
  namespace,
  apiVersions: environment.spec.charts?.[name]?.apiVersions ?? [],
  values,
});

function renderedOnce(
  { chart, version, namespace }: Release,
  template: Template,
  scopeOf: ScopeOf,
  terminal: Pick<Terminal, 'env'>,
  blame: Blame,
): readonly KubernetesObject[] | undefined {
  const fail = (problem: string) =>
    blame({ code: 'chart-render-failed', severity: 'error', args: { chart, version, problem } });
  const done = helmTemplate(template, terminal);
  if ('problem' in done) {
    const { problem, isMissing, program } = done;
    if (isMissing) blame({ code: 'chart-helm-missing', severity: 'error', args: { program, problem } });
    else fail(problem);
    return undefined;
  }
  const { manifests, findings } = readManifestText(done.text, chart);
  const [broken] = findings.filter(({ severity }) => severity === 'error');
  if (broken !== undefined) fail(messageOf(broken).sentence);
  else if (manifests.length === 0) fail('it renders nothing, and an Application without objects is an error');
  else return delivered(manifests, namespace, scopeOf);
  return undefined;
}

/** What is in one rendering and not, or otherwise, in the other. */
function differing(
  first: readonly KubernetesObject[],
  again: readonly KubernetesObject[],
): readonly string[] {
  const texts = new Map(again.map((object) => [identity(object), emit(object)]));
  const changed = first.filter((object) => texts.get(identity(object)) !== emit(object)).map(nameOf);
  return changed.length > 0 || first.length === again.length ? changed : ['the number of objects'];
}

const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

function judge(object: KubernetesObject, { chart, version }: Release, blame: Blame): void {
  const keys = secretKeys(object);
  const secret = object.metadata.name;
  if (keys.length > 0)
    blame({ code: 'chart-secret', severity: 'error', args: { chart, version, secret, keys } });
  const hooks = hooksOf(object);
  if (hooks.length > 0) {
    const args = { chart, version, object: nameOf(object), hooks };
    blame({ code: 'chart-hook', severity: 'warning', args });
  }
}
