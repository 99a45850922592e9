import { describe, expect, test } from 'vitest';
import { renderings } from '../../charts/namespaced.ts';
import { found } from './harbour.ts';

/** Kinds of the provider whose definitions are not among the imported ones. */
const UNKNOWN = /^VPCEndpoint\w+Association$/;

const cases = renderings.flatMap(({ name, claims, namespaced }) => [
  { title: `${name} with claims`, manifests: claims },
  { title: `${name} namespaced`, manifests: namespaced },
]);

describe.each(cases)('the compositions of $title', ({ manifests }) => {
  test('have no findings but that a kind is not known', () => {
    const findings = found(manifests).filter(
      (finding) => !(finding.code === 'composition-base-unknown' && UNKNOWN.test(finding.args.kind)),
    );
    expect(
      findings.map(({ code, subject, pointer, args }) => ({ code, name: subject?.name, pointer, args })),
    ).toEqual([]);
  });
});
