import { describe, expect, it } from 'vitest';
import type { Manifest } from '#manifests/manifest.ts';
import { checkReferences } from '#validate/graph/check.ts';
import { production, rendered } from '../../charts/tideline.ts';
import { store } from '../schemas.ts';

/** What synth makes is closed: an Application for every folder, allowed by its project, in an order that ends. */
const schemas = store();
const CLOSURE = /^(application|wave|sync-option|namespace-missing)/;
const found = (manifests: readonly Manifest[]) =>
  checkReferences(manifests, schemas).filter(({ code }) => CLOSURE.test(code));

it.each(rendered)('$name is closed', ({ manifests }) => {
  expect(found(manifests)).toEqual([]);
});

describe('production', () => {
  const { manifests } = production;
  const lists = manifests
    // What charts make is not among these: chart-projects.test.ts has it.
    .filter(({ object }) => object.kind === 'AppProject' && !object.metadata.name.startsWith('chart-'))
    .flatMap((project) =>
      ['clusterResourceWhitelist', 'namespaceResourceWhitelist'].flatMap((list) =>
        kindsIn(project, list).map((kind, index) => ({ project, list, index, kind })),
      ),
    );
  const used = new Set(
    manifests.map(({ object }) => `${object.kind} ${object.apiVersion.replace(/\/?[^/]*$/, '')}`),
  );

  it('would not be closed with any kind less in any project', () => {
    for (const { project, list, index, kind } of lists) {
      // What this environment has none of, nothing misses.
      if (kind.startsWith('*') || !used.has(kind)) continue;
      const less = manifests.map((each) => (each === project ? without(project, list, index) : each));
      expect(
        found(less).map(({ code }) => code),
        `${project.object.metadata.name} without ${kind}`,
      ).toContain('application-refused');
    }
  });

  it('would not be closed without any one folder or any one Application', () => {
    const folders = new Set(manifests.map(({ file }) => file.split('/').slice(0, 2).join('/')));
    for (const folder of folders) {
      const [, name = ''] = folder.split('/');
      if (name !== 'argocd') {
        const rest = manifests.filter(({ file }) => !file.startsWith(`${folder}/`));
        expect(found(rest).map(({ code }) => code)).toContain('application-path-missing');
      }
      const unsynced = manifests.filter(
        ({ object }) => object.kind !== 'Application' || object.metadata.name !== name,
      );
      expect(found(unsynced)).toContainEqual(
        expect.objectContaining({ code: 'application-none', severity: 'error', args: { folder } }),
      );
    }
  });
});

function kindsIn({ object }: Manifest, list: string): readonly string[] {
  return entriesIn(object['spec'], list).map(({ group, kind }) => `${kind} ${group}`);
}

// The projects are our own, and of this form.
const entriesIn = (spec: unknown, list: string): readonly { group: string; kind: string }[] =>
  (spec as Record<string, readonly { group: string; kind: string }[]>)[list] ?? [];

function without(project: Manifest, list: string, index: number): Manifest {
  const spec = {
    ...(project.object['spec'] as object),
    [list]: entriesIn(project.object['spec'], list).toSpliced(index, 1),
  };
  return { ...project, object: { ...project.object, spec } };
}
