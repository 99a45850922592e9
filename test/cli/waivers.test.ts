import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { JsonReport } from '#report/report-schema.ts';
import { contents, plimsoll, type Result, workspace } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plimsoll-waivers-'));
  write('k8s/settings.yaml', configMap('settings'));
  write('k8s/timetable.yaml', configMap('timetable'));
  write('policies/no-crane.yaml', POLICY);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
};
/** With a policy of one's own, those that come with plimsoll don't judge. */
const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-crane }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [services] }]
  validations: [{ expression: "object.metadata.name != 'crane'" }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-crane }
spec: { policyName: no-crane, validationActions: [Deny] }
`;

/** `dta` is misspelt: a finding of the schema at /dta. */
const configMap = (name: string, field = 'dta') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: tideline }\n${field}: { sea: calm }\n`;

async function validate(...options: readonly string[]): Promise<Result & { readonly report: JsonReport }> {
  const result = await plimsoll(folder, ['validate', '--report', 'json=r.json', '--no-cache', ...options]);
  // The form of the report is proven by its own tests.
  const report = JSON.parse(fs.readFileSync(path.join(folder, 'r.json'), 'utf8')) as JsonReport;
  return { ...result, report };
}

const inFolder = () => [path.join(folder, 'k8s')];
const told = ({ findings }: JsonReport) =>
  findings.map(({ code, subject }) => `${code} ${subject?.name ?? ''}`.trim());

const waivers = (fields: string) => `apiVersion: plimsoll.dev/v1alpha1
kind: Waivers
waivers:
  - code: schema-unknown-field
    selector: { kind: ConfigMap, ${fields} }
    owner: bookings@tideline.example
    reason: an operator of ours reads it
    until: 2027-03-31
`;

describe('waivers', () => {
  it('take a finding away, and show it everywhere', async () => {
    write('policies/waivers.yaml', waivers('name: settings'));
    const { code, out, report } = await validate(...inFolder(), '--report', 'markdown=r.md');
    expect(code).toBe(1);
    expect(told(report)).toEqual(['schema-unknown-field timetable']);
    expect(report.summary).toMatchObject({ errors: 1, waived: 1, baseline: 0 });
    expect(report.waived).toMatchObject([
      {
        code: 'schema-unknown-field',
        subject: { name: 'settings' },
        waiver: { owner: 'bookings@tideline.example', until: '2027-03-31' },
      },
    ]);
    expect(out).toContain('1 waived');
    expect(out).toMatch(/an operator of ours reads it; owner\s+bookings@tideline\.example, until 2027-03-31/);
    expect(fs.readFileSync(path.join(folder, 'r.md'), 'utf8')).toContain('an operator of ours reads it');
  });

  it('let the run pass', async () => {
    write('policies/waivers.yaml', waivers('namespace: tideline'));
    const { code, report } = await validate(...inFolder());
    expect([code, told(report), report.waived.length]).toEqual([0, [], 2]);
  });

  it('hold until their day is over', async () => {
    write('policies/waivers.yaml', waivers('namespace: tideline'));
    const day = (today: string) =>
      plimsoll(folder, ['validate', ...inFolder(), '--no-cache'], { today: () => today });
    expect((await day('2027-03-31')).code).toBe(0);
    const late = await day('2027-04-01');
    expect(late.code).toBe(1);
    expect(late.out).toContain('waiver-expired');
  });

  it('that nothing needs are told, but not where checks are left out', async () => {
    write('policies/waivers.yaml', waivers('name: settings'));
    write('k8s/settings.yaml', configMap('settings', 'data'));
    expect(told((await validate(...inFolder())).report)).toContain('waiver-unused');
    expect(told((await validate(...inFolder(), '--checks', 'schema')).report)).not.toContain('waiver-unused');
  });

  it("can't take away what could not be read", async () => {
    write(
      'policies/waivers.yaml',
      waivers('namespace: tideline').replace('schema-unknown-field', 'manifest-syntax'),
    );
    write('k8s/broken.yaml', 'a: {');
    const { report } = await validate(...inFolder());
    expect(told(report)).toEqual(expect.arrayContaining(['manifest-syntax', 'waiver-refused']));
    expect(report.waived).toEqual([]);
  });
});

test('what a baseline of validate lets pass, is not gone for synth', async () => {
  const own = workspace();
  try {
    await plimsoll(own, ['synth']);
    expect((await plimsoll(own, ['validate', '--write-baseline'])).code).toBe(0);
    const { out } = await plimsoll(own, ['synth', '--report', 'json=-']);
    const report = JSON.parse(out);
    expect(report.findings.map(({ code }: { code: string }) => code)).not.toContain('baseline-stale');
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
});

describe('the baseline', () => {
  const baseline = () => fs.readFileSync(path.join(folder, 'policies/baseline.yaml'), 'utf8');

  it('lets pass what was there, and nothing new', async () => {
    const first = await validate(...inFolder(), '--write-baseline');
    expect([first.code, told(first.report), first.report.baseline.length]).toEqual([0, [], 2]);
    expect(first.out).toContain('policies/baseline.yaml written: 2 entries');
    // Lines may move.
    write('k8s/settings.yaml', `# moved\n\n${configMap('settings')}`);
    write('k8s/new.yaml', configMap('tides'));
    const second = await validate(...inFolder());
    expect([second.code, told(second.report)]).toEqual([1, ['schema-unknown-field tides']]);
    expect(second.report.summary.baseline).toBe(2);
    expect(second.out).toContain('2 of the baseline');
  });

  it('can only shrink', async () => {
    await validate(...inFolder(), '--write-baseline');
    write('k8s/settings.yaml', configMap('settings', 'data'));
    write('k8s/new.yaml', configMap('tides'));
    const before = baseline();
    expect(told((await validate(...inFolder())).report)).toEqual([
      'schema-unknown-field tides',
      'baseline-stale',
    ]);
    expect(baseline()).toBe(before);
    const { code, report } = await validate(...inFolder(), '--write-baseline');
    expect([code, told(report)]).toEqual([1, ['schema-unknown-field tides']]);
    expect(baseline()).toContain('timetable');
    expect(baseline()).not.toMatch(/settings|tides/);
  });

  it('keeps what was not looked at', async () => {
    await validate(...inFolder(), '--write-baseline');
    const before = baseline();
    const only = path.join(folder, 'k8s/settings.yaml');
    expect(told((await validate(only)).report)).toEqual([]);
    await validate(only, '--write-baseline');
    expect(baseline()).toBe(before);
    await validate(...inFolder(), '--checks', 'graph', '--write-baseline');
    expect(baseline()).toBe(before);
  });

  it('lies where it is said to', async () => {
    expect((await plimsoll(folder, ['validate', 'k8s', '--baseline', 'old.yaml'])).code).toBe(2);
    expect((await validate(...inFolder(), '--baseline', 'old.yaml', '--write-baseline')).code).toBe(0);
    expect((await validate(...inFolder(), '--baseline', 'old.yaml')).code).toBe(0);
    expect((await validate(...inFolder())).code).toBe(1);
    expect(Object.keys(contents(folder))).not.toContain('policies/baseline.yaml');
  });

  it('that is broken neither passes anything nor is overwritten', async () => {
    write('policies/baseline.yaml', 'kind: Baselin\n');
    expect(told((await validate(...inFolder())).report)).toContain('record-field');
    const { code, err } = await plimsoll(folder, ['validate', ...inFolder(), '--write-baseline']);
    expect(code).toBe(2);
    expect(err).toContain('policies/baseline.yaml');
    expect(baseline()).toBe('kind: Baselin\n');
  });
});

describe('the ledger', () => {
  it('says who looked at what, cached or not', async () => {
    const ledger = async () => {
      const env = { LANG: 'C.UTF-8', PLIMSOLL_CACHE: path.join(folder, 'cache') };
      await plimsoll(folder, ['validate', ...inFolder()], { env });
      await plimsoll(folder, ['validate', ...inFolder(), '--report', 'ledger=l.tsv'], { env });
      return fs.readFileSync(path.join(folder, 'l.tsv'), 'utf8').trim().split('\n');
    };
    const [header, ...rows] = await ledger();
    expect(header?.split('\t')).toContain('checks');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('ConfigMap\ttideline\tsettings\twritten\tschema');
    expect(await ledger()).toEqual([header, ...rows]);
  });

  it('is no secret where checks are left out', async () => {
    const { report } = await validate(...inFolder(), '--checks', 'policy');
    expect(told(report)).toEqual(['manifests-unchecked']);
  });
});
