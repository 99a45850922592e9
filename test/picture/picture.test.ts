import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { changesBetween } from '#change/changes.ts';
import { summaryOf } from '#change/summary.ts';
import { readEnvironments } from '#environments/read.ts';
import { type Architecture, architectureOf } from '#picture/architecture.ts';
import { marksOf } from '#picture/marks.ts';
import { mermaidOf } from '#picture/mermaid.ts';
import { leftOut, svgOf } from '#picture/svg.ts';
import { markdownReport } from '#report/markdown.ts';
import { svgReport } from '#report/svg.ts';
import { SAMPLE, stateOf, store } from '../change/sample.ts';
import { reportOf } from '../report/runs.ts';

const pictures = (
  readEnvironments([...SAMPLE].map(([file, text]) => ({ path: `environments/${file}`, text }))).value ?? []
).map(({ environment }) => architectureOf(environment));
const [production] = pictures;
if (production === undefined) throw new Error('the sample has environments');

describe('the picture of an environment', () => {
  it('has what there is, and who uses what with which access', () => {
    const names = production.nodes.map(({ id }) => id);
    expect(names).toEqual(
      expect.arrayContaining([
        'ingress',
        'services.api',
        'databases.bookings',
        'caches.sessions',
        'queues.invoices',
        'buckets.documents',
        'charts.cloudwatch-exporter',
        'cluster.nodeGroups.memory',
      ]),
    );
    expect(production.edges).toContainEqual({
      from: 'services.api',
      to: 'queues.invoices',
      access: 'send',
    });
    expect(production.nodes.find(({ id }) => id === 'services.planner')?.detail).toContain('on memory');
  });

  it('is a file of its own, one environment below the other', () => {
    const svg = svgReport({ ...reportOf(), pictures });
    expect(() => XmlDocument.fromString(svg)).not.toThrow();
    for (const word of ['production', 'staging', 'bookings', 'cloudwatch-exporter', 'g6.xlarge'])
      expect(svg).toContain(word);
  });

  it('counts what it has no room for', () => {
    const many: Architecture = {
      environment: 'harbour',
      edges: [],
      nodes: Array.from({ length: 100 }, (_, index) => ({
        id: `services.berth-${index}`,
        kind: 'service' as const,
        name: `berth-${index}`,
        detail: '1 pod',
      })),
    };
    expect(leftOut(many, new Map())).toMatch(/^20 more are not drawn/);
    expect(mermaidOf(many, new Map())).toContain('and 40 more, and 0 arrows');
    expect(svgOf(many, new Map([['services.berth-99', { action: 'deleted' }]]))).toContain('berth-99');
  });

  it('has no room for all of many in a comment, and counts them there', () => {
    const tier = new Map(SAMPLE).set(
      'production.yaml',
      (SAMPLE.get('production.yaml') ?? '').replace('tier: M30\n', 'tier: M40\n'),
    );
    const summary = summaryOf(changesBetween(stateOf(SAMPLE), stateOf(tier), store));
    const names = Array.from({ length: 60 }, (_, index) => `harbour-${index}`);
    const markdown = markdownReport({
      ...reportOf(),
      changes: names.map((environment) => ({ ...summary, environment })),
      pictures: names.map((environment) => ({ ...production, environment })),
    });
    const drawn = markdown.match(/^```mermaid$/gm)?.length ?? 0;
    expect(markdown).toContain(`... and ${60 - drawn} pictures more`);
    expect(Buffer.byteLength(markdown)).toBeLessThan(65_536);
  });

  it('marks what is found, where it is', () => {
    const subject = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      name: 'chart-cloudwatch-exporter',
    };
    const finding = { code: 'policy-unbound', severity: 'warning', subject, args: { policy: 'x' } } as const;
    expect([...marksOf(production, undefined, [finding])]).toEqual([
      ['charts.cloudwatch-exporter', { severity: 'warning' }],
    ]);
  });
});

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<script>x</script>',
    '"]; click n0 "https://evil.example"',
    'end',
    'a|b',
    '🚢',
    '\u202Eevil',
    ']]>',
  ),
);
const architecture: fc.Arbitrary<Architecture> = fc
  .array(fc.tuple(name, name, fc.constantFrom('service', 'queue', 'chart', 'nodeGroup')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((nodes) => ({
    environment: nodes[0]?.[0] ?? '',
    nodes: nodes.map(
      ([own, detail, kind], index) => ({ id: `n.${index}`, kind, name: own, detail }) as const,
    ),
    edges: nodes.slice(1).map(([access], index) => ({ from: `n.${index}`, to: 'n.0', access })),
  }));

it('names of strangers are text, in SVG and in Mermaid', () => {
  fc.assert(
    fc.property(architecture, (drawn) => {
      const svg = svgOf(drawn, new Map());
      const root = XmlDocument.fromString(svg).root;
      expect(root.find('//*[local-name()="script" or local-name()="a" or local-name()="image"]')).toEqual([]);
      for (const line of mermaidOf(drawn, new Map()).split('\n'))
        expect(line).toMatch(
          /^(flowchart LR| {2}classDef .*| {2}subgraph \w+ \["[\w, ]+"\]| {2}end| {2,4}\w+[^\w"]+"[^"<>;|[\]{}]*"[^\w"]+(:::\w+)?| {2}\w+ -- "[^"<>;|[\]{}]*" --> \w+)$/u,
        );
    }),
  );
});
