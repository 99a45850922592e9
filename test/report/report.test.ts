import { describe, expect, it } from 'vitest';
import { countsText, fails, inOrder, kindsOf } from '#report/report.ts';
import { manifest, production, reportOf, run, unbound, unknownNamespace, violated } from './runs.ts';

describe('a report', () => {
  it('counts documents by kind and tells kinds of one name apart', () => {
    const manifests = [
      manifest('v1', 'Service'),
      manifest('eks.aws.upbound.io/v1beta2', 'Cluster'),
      manifest('v1', 'Service'),
      manifest('atlas.example/v1', 'Cluster'),
    ];
    expect(kindsOf(manifests)).toEqual([
      { kind: 'Cluster.atlas.example', count: 1 },
      { kind: 'Cluster.eks.aws.upbound.io', count: 1 },
      { kind: 'Service', count: 2 },
    ]);
  });

  it('fails at the gate and above it', () => {
    const warned = [unbound, unknownNamespace];
    expect(fails(run, production.findings)).toBe(true);
    expect(fails({ ...run, gate: 'error' }, warned)).toBe(false);
    expect(fails({ ...run, gate: 'warning' }, warned)).toBe(true);
    expect(fails({ ...run, gate: 'warning' }, [unknownNamespace])).toBe(false);
    expect(fails({ ...run, gate: 'info' }, [unknownNamespace])).toBe(true);
    expect(fails(reportOf(), [])).toBe(false);
  });

  it('orders findings by severity and place, whatever order they come in', () => {
    const first = violated('one', { origin: { file: 'a.yaml', line: 9, column: 1 } });
    const second = violated('two', { origin: { file: 'a.yaml', line: 10, column: 1 } });
    const third = violated('three', { origin: { file: 'b.yaml', line: 1, column: 1 } });
    const ordered = [first, second, third, unbound, unknownNamespace];
    expect(inOrder(ordered)).toEqual(ordered);
    expect(inOrder([...ordered].reverse())).toEqual(ordered);
  });

  it('speaks of one thing in the singular', () => {
    expect(countsText({ error: 1, warning: 2, info: 1 })).toBe('1 error, 2 warnings, 1 note');
    expect(countsText({ error: 0, warning: 0, info: 0 })).toBe('nothing found');
  });
});
