import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { DIST_LAYOUT, environmentOf } from '#charts/bootstrap.ts';

describe.each(['production', 'staging'])('dist/bootstrap/%s.yaml', (environment) => {
  const objects = parseAllDocuments(fs.readFileSync(`dist/bootstrap/${environment}.yaml`, 'utf8')).map(
    (each) => each.toJS(),
  );

  test('begins with settings and projects, and ends with the root and no other Application', () => {
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ConfigMap argocd-cm',
      'AppProject chart-aws-load-balancer-controller',
      'AppProject chart-cloudwatch-exporter',
      'AppProject chart-cluster-autoscaler',
      'AppProject chart-crossplane',
      'AppProject chart-external-dns',
      'AppProject chart-external-secrets',
      'AppProject chart-nvidia-device-plugin',
      'AppProject platform',
      `AppProject tideline-${environment}`,
      'Application argocd',
    ]);
  });

  test('holds nothing that the root does not keep', () => {
    const folder = `dist/${environment}/argocd`;
    const kept = fs.readdirSync(folder).map((file) => parse(fs.readFileSync(`${folder}/${file}`, 'utf8')));
    for (const object of objects) expect(kept).toContainEqual(object);
    expect(objects.at(-1).spec.source).toEqual(
      expect.objectContaining({ path: folder, directory: { recurse: true } }),
    );
  });
});

test('every file of dist/ belongs to one environment', () => {
  const files = fs
    .readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'));
  expect(files.filter((file) => !DIST_LAYOUT.test(file))).toEqual([]);
  expect(new Set(files.map(environmentOf))).toEqual(new Set(['production', 'staging']));
});
