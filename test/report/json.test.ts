import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonReport } from '#report/json.ts';
import { JsonReport, reportSchemaText } from '#report/report-schema.ts';
import { reportOf, run, violated } from './runs.ts';

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JsonReport);

const errorsOf = (text: string): unknown => (validate(JSON.parse(text)) ? [] : validate.errors);

describe('the JSON report', () => {
  it('keeps its schema', () => {
    expect(errorsOf(jsonReport(run))).toEqual([]);
    expect(errorsOf(jsonReport(reportOf()))).toEqual([]);
  });

  it('keeps its schema whatever a finding says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const text = jsonReport(reportOf(violated(message)));
        expect(errorsOf(text)).toEqual([]);
        expect(JSON.parse(text).findings[0].message).toContain(message);
      }),
    );
  });

  it('has a schema that refuses something else', () => {
    const report = JSON.parse(jsonReport(run));
    for (const wrong of [
      { ...report, kind: 'Finding' },
      { ...report, extra: 1 },
      { ...report, findings: [{ ...report.findings[0], code: 'Not Kebab' }] },
      { ...report, findings: [{ ...report.findings[0], origin: { file: 'a.yaml', line: 0, column: 1 } }] },
    ]) {
      expect(validate(wrong)).toBe(false);
    }
  });

  it('says what was found, where, and how to mend it', () => {
    const { summary, findings } = JSON.parse(jsonReport(run));
    expect(summary).toMatchObject({
      command: 'synth',
      passed: false,
      documents: 26,
      errors: 1,
      warnings: 1,
      infos: 1,
      waived: 1,
    });
    expect(summary.scopes[0].checks[2]).toEqual({ check: 'graph', covered: 0, skipped: '--skip-checks' });
    expect(findings[0]).toMatchObject({
      code: 'policy-violated',
      severity: 'error',
      scope: 'production',
      subject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'tideline', name: 'booking-api' },
      pointer: '/spec/template/spec/containers/0/image',
      origin: { file: 'environments/production.yaml', line: 17, column: 9 },
    });
    expect(findings[0].mend).not.toBe('');
  });

  it('has the committed schema', () => {
    const committed = new URL('../../docs/reference/report.schema.json', import.meta.url);
    expect(readFileSync(committed, 'utf8')).toBe(reportSchemaText());
  });
});
