import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Finding } from '#model/finding.ts';
import { codeQualityReport } from '#report/code-quality.ts';
import { githubReport } from '#report/github.ts';
import { junitReport } from '#report/junit.ts';
import { policyReport } from '#report/policy-report.ts';
import type { Report } from '#report/report.ts';
import { sarifReport } from '#report/sarif.ts';
import { checkSchemas } from '#validate/schema/check.ts';
import { crdsIn } from '#validate/schema/documents.ts';
import { withCrds } from '#validate/schema/store.ts';
import { store } from '../change/sample.ts';
import { reportOf, run, unbound, unknownNamespace, violated } from './runs.ts';

const schemas = path.join(import.meta.dirname, 'schemas');
const text = (file: string) => readFileSync(path.join(schemas, file), 'utf8');

/** What a stranger may have written: markup, commands, links, what cannot be seen. */
const HOSTILE = [
  '::set-output name=token::stolen',
  '::error::gotcha',
  '##[add-path]/evil',
  '<script>alert(1)</script> & "quotes" \'single\'',
  '[a link](https://evil.example) ![pixel](https://evil.example/p.png)',
  ']]> <!-- --> <![CDATA[',
  'first\nsecond\r\n::stop-commands::x',
  '\u0000\u001B[31mred\u202Eback\uD800',
  '%0A%0D:, | ` 🚢',
].join(' ');

const hostile: Finding = {
  ...violated(HOSTILE),
  origin: { file: 'environments/::set-env name=A::B,line=1.yaml', line: 3, column: 5 },
};

const stranger = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...HOSTILE.split(' ')),
  fc.stringMatching(/^[:#[\]<>&"'%,|a-z ]{0,40}$/),
);
const reports: fc.Arbitrary<Report> = fc
  .array(fc.record({ message: stranger, file: stranger, line: fc.integer({ min: 1, max: 9_999 }) }), {
    maxLength: 6,
  })
  .map((found) =>
    reportOf(
      ...found.map(
        ({ message, file, line }): Finding => ({
          ...violated(message),
          origin: { file: `environments/${file}`, line, column: 1 },
        }),
      ),
    ),
  );

const many = reportOf(
  ...Array.from(
    { length: 6_000 },
    (_, index): Finding => ({
      ...violated(`number ${index}`, { severity: index < 20 ? 'error' : 'warning' }),
      pointer: `/spec/${index}`,
    }),
  ),
);

describe('SARIF', () => {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(text('sarif-schema-2.1.0.json'));
  const isSarif = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const read = (report: Report) => {
    const log = JSON.parse(sarifReport(report));
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    return log.runs[0];
  };

  it('is what the official schema wants, with the line, the rule and what is suppressed', () => {
    const { results, tool } = read(run);
    const [first] = results;
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'environments/production.yaml' },
      region: { startLine: 17, startColumn: 9 },
    });
    expect(tool.driver.rules[first.ruleIndex].id).toBe(first.ruleId);
    expect(results.map(({ level }: { level: string }) => level)).toEqual([
      'error',
      'warning',
      'note',
      'error',
    ]);
    expect(results[3].suppressions).toEqual([
      { kind: 'external', justification: 'the registry keeps no digests till it is replaced' },
    ]);
  });

  it('knows a finding again when its line moves, and tells two alike apart', () => {
    const marks = (...findings: Finding[]): string[] =>
      read(reportOf(...findings)).results.map(
        ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
          partialFingerprints['plimsoll/v1'],
      );
    const moved: Finding = {
      ...violated('a'),
      origin: { file: 'environments/production.yaml', line: 90, column: 1 },
    };
    expect(marks(violated('a'))).toEqual(marks(moved));
    expect(new Set(marks(violated('a'), violated('b'), unbound)).size).toBe(3);
  });

  it('holds no link of a stranger, and stays valid whatever is found', () => {
    expect(sarifReport(reportOf(hostile))).not.toMatch(/(?<!\\\\)\[[^\]\\]*\]\(/);
    fc.assert(
      fc.property(reports, (report) => void read(report)),
      { numRuns: 100 },
    );
  });

  it('takes the worst where there are too many, and says how many are left', () => {
    const { results, properties } = read(many);
    expect(results).toHaveLength(5_000);
    expect(results.slice(0, 20).every(({ level }: { level: string }) => level === 'error')).toBe(true);
    expect(properties).toEqual({ findings: 6_000, left: 1_000 });
  });
});

describe('JUnit', () => {
  const xsd = XsdValidator.fromDoc(XmlDocument.fromString(text('junit.xsd')));
  const read = (report: Report) => {
    const document = XmlDocument.fromString(junitReport(report));
    xsd.validate(document);
    return document;
  };

  it('is what the schema wants: a suite for each environment, failures only where the run fails', () => {
    const document = read(run);
    const count = (path: string) => document.find(path).length;
    expect(count('//testsuite')).toBe(2);
    expect(count('//failure')).toBe(1);
    expect(document.get('//testsuites/@failures')?.content).toBe('1');
    expect(count('//skipped')).toBe(2);
    document.dispose();
  });

  it('stays well-formed whatever is found', () => {
    read(reportOf(hostile)).dispose();
    fc.assert(
      fc.property(reports, (report) => read(report).dispose()),
      { numRuns: 100 },
    );
  });
});

describe('Code Quality', () => {
  const read = (report: Report) => JSON.parse(codeQualityReport(report));

  it('has the fields that GitLab requires', () => {
    for (const issue of read(run)) {
      expect(issue).toMatchObject({
        description: expect.any(String),
        check_name: expect.any(String),
        fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: expect.any(String), lines: { begin: expect.any(Number) } },
      });
    }
    expect(read(run)).toHaveLength(3);
  });

  it('has a fingerprint for each, the same when the line moves', () => {
    const marks = (report: Report): string[] =>
      read(report).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(marks(many)).size).toBe(6_000);
    const moved: Finding = {
      ...violated('a'),
      origin: { file: 'environments/production.yaml', line: 90, column: 1 },
    };
    expect(marks(reportOf(violated('a')))).toEqual(marks(reportOf(moved)));
  });
});

describe('GitHub annotations', () => {
  it('mark the line', () => {
    expect(githubReport(run).split('\n')[0]).toBe(
      '::error file=environments/production.yaml,line=17,col=9,title=policy-violated::' +
        'image without a digest in production: nginx:1.29 (policy immutable-image-tags). To mend: write the image with its digest',
    );
    expect(githubReport(reportOf(unknownNamespace))).toMatch(/^::notice title=policy-namespace-unknown::/);
  });

  it('are one command a finding, whatever a stranger wrote', () => {
    const isOurs = /^::(error|warning|notice) (file=[^:,]+,line=\d+,col=\d+,)?title=[a-z-]+::/;
    const read = (report: Report) => githubReport(report).split('\n').slice(0, -1);
    expect(read(reportOf(hostile))).toHaveLength(1);
    fc.assert(
      fc.property(reports, (report) => {
        for (const line of read(report)) expect(line).toMatch(isOurs);
        expect(read(report)).toHaveLength(report.scopes[0]?.findings.length ?? 0);
      }),
      { numRuns: 200 },
    );
  });

  it('count what GitHub would not show', () => {
    const lines = githubReport(many).split('\n').slice(0, -1);
    expect(lines).toHaveLength(22);
    expect(lines[10]).toBe('::error title=plimsoll::and 10 more, which the report has');
    expect(lines[21]).toBe('::warning title=plimsoll::and 5970 more, which the report has');
  });
});

describe('policy reports', () => {
  const crd = parse(text('openreports.io_clusterreports.yaml'));
  const manifest = { object: crd, file: 'crd.yaml', locate: () => undefined };
  const known = withCrds(store, crdsIn([manifest], store).crds);
  const read = (report: Report) => {
    const { items } = JSON.parse(policyReport(report));
    for (const object of items) {
      const { findings } = checkSchemas([{ object, file: 'report.json', locate: () => undefined }], known);
      expect(findings).toEqual([]);
    }
    return items;
  };

  it('are what the CustomResourceDefinition wants, with every finding counted', () => {
    const [production] = read(run);
    expect(production.metadata.name).toBe('plimsoll-production');
    expect(production.summary).toMatchObject({ fail: 1, warn: 1, skip: 1 });
    expect(production.results[0]).toMatchObject({
      policy: 'immutable-image-tags',
      result: 'fail',
      resources: [{ kind: 'Deployment', namespace: 'tideline', name: 'booking-api' }],
    });
  });

  it('stay valid whatever is found, and fit into a cluster', () => {
    expect(read(many)[0].results).toHaveLength(1_000);
    fc.assert(
      fc.property(reports, (report) => void read(report)),
      { numRuns: 100 },
    );
  });
});
