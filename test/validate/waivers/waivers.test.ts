import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, Manifest } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import { unusedWaivers, waive } from '#validate/waivers/apply.ts';
import { type Known, readWaivers } from '#validate/waivers/read.ts';
import { canBeWaived } from '#validate/waivers/refused.ts';
import { matches, type Waiver } from '#validate/waivers/waiver.ts';

const KNOWN: Known = {
  codes: ['policy-violated', 'schema-missing', 'manifest-syntax', 'kubeconform-missing'],
  policies: ['bucket-private', 'no-latest'],
  today: '2026-11-23',
};

const GOOD = `  - policy: bucket-private
    selector: { kind: Bucket, name: tideline-*, environment: staging }
    owner: documents@tideline.example
    reason: the brochures are public
    until: 2027-03-31
`;

const read = (entries: string) =>
  readWaivers(
    {
      file: 'policies/waivers.yaml',
      text: `apiVersion: plimsoll.dev/v1alpha1\nkind: Waivers\nwaivers:\n${entries}`,
    },
    KNOWN,
  );

const codesOf = (findings: readonly Finding[]) =>
  findings.map(({ code, origin }) => `${code} ${origin?.line}:${origin?.column}`);

describe('reading waivers', () => {
  it('takes what is complete', () => {
    const { value, findings } = read(GOOD);
    expect(findings).toEqual([]);
    expect(value).toMatchObject([{ policy: 'bucket-private', until: '2027-03-31', origin: { line: 4 } }]);
  });

  it.each([
    ['a field that is misspelt', GOOD.replace('owner', 'ownr'), ['record-field 4:5', 'record-field 6:11']],
    ['a date that is none', GOOD.replace('2027-03-31', 'soon'), ['record-field 8:12']],
    ['an unknown policy', GOOD.replace('bucket-private', 'bucket-privat'), ['waiver-unknown 4:13']],
    [
      'an unknown code',
      GOOD.replace('policy: bucket-private', 'code: schema-mising'),
      ['waiver-unknown 4:11'],
    ],
    [
      'a code that says that nothing was checked',
      GOOD.replace('policy: bucket-private', 'code: manifest-syntax'),
      ['waiver-refused 4:11'],
    ],
    ['no selector', GOOD.replace(/ {4}selector.*\n/, ''), ['waiver-too-broad 4:5']],
    ['a kind alone', GOOD.replace(/selector.*/, 'selector: { kind: Bucket }'), ['waiver-too-broad 5:15']],
    ['any name', GOOD.replace('tideline-*', "'*'"), ['waiver-too-broad 5:15']],
    ['more than a year', GOOD.replace('2027-03-31', '2027-11-24'), ['waiver-too-broad 8:12']],
    ['a day that is over', GOOD.replace('2027-03-31', '2026-11-22'), ['waiver-expired 8:12']],
    ['neither code nor policy', GOOD.replace(/policy: .*\n {4}/, ''), ['waiver-too-broad 4:15']],
    ['no YAML', '  - {', ['record-unreadable 4:6']],
  ])('refuses %s, and waives nothing by it', (_, text, expected) => {
    const { value, findings } = read(text);
    expect(codesOf(findings)).toEqual(expected);
    expect(value ?? []).toEqual([]);
  });

  it.each([['2026-11-23'], ['2027-11-23']])('takes %s', (until) => {
    expect(read(GOOD.replace('2027-03-31', until)).findings).toEqual([]);
  });

  it('keeps the good beside the bad', () => {
    const { value, findings } = read(`${GOOD}${GOOD.replace('bucket-private', 'no-such')}`);
    expect(findings).toHaveLength(1);
    expect(value).toHaveLength(1);
  });

  it('says nothing of an empty list', () => {
    expect(
      readWaivers(
        { file: 'w', text: 'apiVersion: plimsoll.dev/v1alpha1\nkind: Waivers\nwaivers: []\n' },
        KNOWN,
      ),
    ).toEqual({
      value: [],
      findings: [],
    });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readWaivers({ file: 'w', text }, KNOWN)));
  });
});

const violation = (name: string, kind = 'Bucket'): Finding => ({
  code: 'policy-violated',
  severity: 'error',
  subject: { apiVersion: 's3.aws.upbound.io/v1beta1', kind, name },
  args: { policy: 'bucket-private', validation: 0, message: 'open', mend: '' },
});

const waiver = (fields: Partial<Waiver> = {}): Waiver => ({
  policy: 'bucket-private',
  selector: { name: 'tideline-*', environment: 'staging' },
  owner: 'documents@tideline.example',
  reason: 'the brochures are public',
  until: '2027-03-31',
  origin: { file: 'policies/waivers.yaml', line: 4, column: 5 },
  ...fields,
});

describe('waiving', () => {
  const staging = () => 'staging';

  it('takes away what is selected, and keeps it with its waiver', () => {
    const own = waiver();
    const found = [violation('tideline-brochures'), violation('other')];
    const { findings, waived } = waive(found, [own], staging);
    expect(findings).toEqual([found[1]]);
    expect(waived).toEqual([{ finding: found[0], waiver: own }]);
  });

  it.each([
    ['another environment', waiver({ selector: { name: 'tideline-*', environment: 'production' } })],
    ['another namespace', waiver({ selector: { namespace: 'harbour' } })],
    ['another kind', waiver({ selector: { kind: 'BucketACL', name: 'tideline-*' } })],
    ['another policy', waiver({ policy: 'no-latest' })],
    ['another code of the same policy', waiver({ code: 'policy-evaluation-failed' })],
  ])('leaves what is of %s', (_, other) => {
    expect(waive([violation('tideline-brochures')], [other], staging).waived).toEqual([]);
  });

  it('leaves what speaks of no object, and what means that nothing was checked', () => {
    const blind: Finding = { code: 'manifest-none', severity: 'error', args: { paths: [] } };
    const { subject: _, ...nobody } = violation('tideline-brochures');
    const any = waiver({ policy: undefined, code: 'manifest-none', selector: {} } as never);
    expect(waive([blind, nobody as Finding], [any, waiver()], staging).waived).toEqual([]);
    expect(canBeWaived('kubeconform-failed')).toBe(false);
    expect(canBeWaived('policy-violated')).toBe(true);
  });
});

describe('unused waivers', () => {
  const object: KubernetesObject = { apiVersion: 'v1', kind: 'Bucket', metadata: { name: 'tideline-maps' } };
  const documents: readonly Manifest[] = [{ object, file: 'a.yaml', locate: () => undefined }];
  const looked = (isWhole: boolean, name: string) => ({ environments: [{ name, documents }], isWhole });

  it('are told where what they select was looked at, or everything was', () => {
    expect(codesOf(unusedWaivers([waiver()], [], looked(false, 'staging')))).toEqual(['waiver-unused 4:5']);
    expect(codesOf(unusedWaivers([waiver()], [], looked(true, 'production')))).toEqual(['waiver-unused 4:5']);
  });

  it('are not told of what was not looked at, of what was used, and of our own', () => {
    const own = waiver();
    expect(unusedWaivers([own], [], looked(false, 'production'))).toEqual([]);
    expect(unusedWaivers([own], [{ waiver: own, finding: violation('a') }], looked(true, 'staging'))).toEqual(
      [],
    );
    const { origin: _, ...ours } = waiver();
    expect(unusedWaivers([ours], [], looked(true, 'staging'))).toEqual([]);
  });
});

describe('patterns', () => {
  it('mean what a regular expression of them means', () => {
    const text = fc.stringMatching(/^[ab.]{0,12}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab.*?]{0,8}$/), text, (glob, name) => {
        const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matches(glob, name)).toBe(new RegExp(`^${source}$`).test(name));
      }),
    );
  });

  it('take no time, whatever they are', () => {
    expect(matches(`${'*a'.repeat(5_000)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});
