import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMIT, MARKER, markdownReport } from '#report/markdown.ts';
import { markdownCell, markdownCode, markdownText } from '#report/markdown-text.ts';
import { reportOf, run, unbound, unknownNamespace, violated } from './runs.ts';

/** What is left when code is taken away: where Markdown and the site look for meaning. */
const outsideCode = (markdown: string): string =>
  markdown.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '\u00B7');

const ACTIVE = /[<>@#!~$%&*_[\]{}|\\^`]|https?:|www\.|\n/;

describe('text of a stranger in Markdown', () => {
  it.each([
    ['a mention', 'ask @tideline/captains or @root'],
    ['an issue', 'closes #12, tideline/harbour#3 and !44'],
    ['a link', 'see [the log](https://evil.example/?a=b)'],
    ['an image', '![](https://evil.example/pixel.png)'],
    ['a bare address', 'https://evil.example and www.evil.example'],
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['an entity', '&lt;b&gt; &#64;root'],
    ['code', 'a `tick` and ``two`` and ``` three'],
    ['a table', 'a | b | c'],
    ['emphasis', '**bold** _thin_ ~~gone~~'],
    ['lines', 'first\n\n# heading\n- list\r\n> quote'],
    ['an escape', '\\<b\\> \\`'],
    ['a command', '/close'],
    ['a commit', 'fixed by 3f786850e387550fdab836ed7e6dc881de23001b'],
  ])('%s means nothing', (_, text) => {
    const shown = markdownText(text);
    expect(outsideCode(shown)).not.toMatch(ACTIVE);
    expect(outsideCode(shown)).not.toMatch(/\b[0-9a-f]{7,40}\b/);
  });

  it('stays readable where it is harmless', () => {
    expect(markdownText('image without a digest in production: nginx:1.29')).toBe(
      'image without a digest in production: `nginx:1.29`',
    );
    expect(markdownText("the bucket's policy (apps/v1) allows it, or does it?")).toBe(
      "the bucket's policy (apps/v1) allows it, or does it?",
    );
  });

  it('means nothing, whatever it is', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.stringMatching(/^[`|@#<>[\]()!*_~\\& a-z0-9:/.]{0,14}$/),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        expect(outsideCode(markdownText(words.join(' ')))).not.toMatch(ACTIVE);
        expect(outsideCode(markdownCode(words.join('`')))).not.toMatch(ACTIVE);
      }),
      { numRuns: 500 },
    );
  });

  it('cannot leave a cell of a table', () => {
    expect(markdownCell('a|b')).toBe('`a\\|b`');
    fc.assert(
      fc.property(fc.stringMatching(/^[a|`\\]{0,12}$/), (text) => {
        // GitHub splits a row at every pipe that no backslash precedes, before it looks for code.
        expect(markdownCell(text)).not.toMatch(/(?<!\\)\|/);
      }),
    );
  });
});

describe('the Markdown report', () => {
  it('begins with its marker, verdict and table', () => {
    const lines = markdownReport(run).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      MARKER,
      '### plimsoll synth failed: 1 error, 1 warning, 1 note',
      '',
      '| | documents | errors | warnings | notes | waived | checked |',
      '|---|--:|--:|--:|--:|--:|---|',
      '| `production` | 23 | 1 | 1 | 1 | 1 | `schema` 23 by `embedded, Kubernetes 1.34`; `policy` 4 by `5 policies`; `graph` skipped: `--skip-checks` |',
    ]);
  });

  it('shows errors openly and folds the rest', () => {
    const text = markdownReport(run);
    expect(text.indexOf('policy-violated')).toBeLessThan(text.indexOf('<details>'));
    expect(text.indexOf('policy-unbound')).toBeGreaterThan(text.indexOf('<details>'));
    expect(text.match(/<details>/g)).toHaveLength(3);
    expect(text.match(/<\/details>/g)).toHaveLength(3);
    expect(text).toContain('at `environments/production.yaml:17:9`');
  });

  it('stays within its size and counts what it left out', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      violated(`image number ${index} ⛴ ${'x'.repeat(index % 900)}`),
    );
    const text = markdownReport(reportOf(...many, unbound, unknownNamespace));
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(LIMIT);
    const shown = text.match(/^- \*\*policy/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    const [, errors] = /and (\d+) errors(?:, 1 warning)?(?:, 1 note)? more/.exec(text) ?? [];
    const shownOthers =
      Number(/- \*\*policy-unbound/.test(text)) + Number(/- \*\*policy-namespace-unknown/.test(text));
    expect(Number(errors) + shown - shownOthers).toBe(5_000);
  });

  it('closes what it opened even where it is cut', () => {
    const many = Array.from({ length: 3_000 }, () => ({
      ...violated('w'.repeat(200)),
      severity: 'warning' as const,
    }));
    const text = markdownReport(reportOf(...many));
    expect(text.match(/<details>/g)).toHaveLength(1);
    expect(text.match(/<\/details>/g)).toHaveLength(1);
    expect(text).toMatch(/warnings more, which did not fit/);
  });

  it('holds a hostile environment name', () => {
    const [scope] = reportOf(unbound).scopes;
    if (scope === undefined) throw new Error('no scope');
    const text = markdownReport({ ...run, scopes: [{ ...scope, name: '</summary><script>|@all`' }] });
    expect(outsideCode(text)).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;');
  });
});
