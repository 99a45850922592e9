import { expect, test } from 'vitest';
import { renderEnvironment } from '#charts/render.ts';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import { checkCompositions } from '#validate/composition/check.ts';
import { rendered } from '../../charts/tideline.ts';
import { store } from '../schemas.ts';

const [environment] = rendered;

const documents = (edited: (text: string) => string): readonly Manifest[] =>
  (environment === undefined ? [] : renderEnvironment(environment))
    .filter(({ object }) => ['Composition', 'CompositeResourceDefinition', 'Function'].includes(object.kind))
    .map((manifest) => ({
      ...manifest,
      object: JSON.parse(edited(JSON.stringify(manifest.object))) as KubernetesObject,
    }));

const codes = (edited: (text: string) => string) =>
  checkCompositions(documents(edited), store('1.34')).findings.map(
    ({ code, severity }) => `${severity} ${code}`,
  );

test('a key that the cache never writes into its secret is found', () => {
  const wrong = codes((text) =>
    text.replaceAll('"fromConnectionSecretKey":"port"', '"fromConnectionSecretKey":"prt"'),
  );
  expect(wrong).toContain('error composition-connection-source');
});

test('the keys of the shipped compositions are written', () => {
  expect(codes((text) => text)).not.toContain('error composition-connection-source');
});
