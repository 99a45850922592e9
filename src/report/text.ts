import type { Finding, Severity } from '#model/finding.ts';
import { messageOf, togetherOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import {
  baselineOf,
  type CheckRun,
  countsOf,
  countsText,
  documentsOf,
  fails,
  findingsOf,
  inOrder,
  type KindCount,
  originText,
  plural,
  previewedText,
  type Report,
  type Scope,
  subjectText,
  type WaivedGroup,
  waivedGroups,
  waivedGroupText,
  waivedOf,
} from './report.ts';

/** The report for a person at a terminal. */
export interface TextOptions {
  /** Width of the terminal; lines are wrapped at words to fit. */
  readonly columns: number;
  readonly colour: boolean;
  /** Whether the terminal shows more than ASCII. */
  readonly unicode: boolean;
  /** How long the run took. */
  readonly milliseconds?: number;
}

/** So many findings are shown for each environment; the others are counted. */
const SHOWN = 200;
const NARROWEST = 40;
/** A longer sentence tells nobody more. */
const LONGEST = 2000;

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green';
const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
const COLOURS: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Text as it is measured, and as it is shown. */
interface Piece {
  readonly plain: string;
  readonly styled: string;
}

export function textReport(report: Report, options: TextOptions): string {
  const nouns = report.nouns ?? DOCUMENTS;
  const width = Math.max(options.columns, NARROWEST);
  const style = (text: string, ...styles: Style[]): string =>
    options.colour ? `\u001B[${styles.map((name) => CODES[name]).join(';')}m${text}\u001B[0m` : text;
  const mark = (passed: boolean): Piece => {
    const plain = passed ? (options.unicode ? '✓' : 'ok') : options.unicode ? '✗' : 'FAILED';
    return { plain, styled: passed ? style(plain, 'green') : style(plain, 'red', 'bold') };
  };
  const piece = (plain: string, ...styles: Style[]): Piece => ({ plain, styled: style(plain, ...styles) });

  /** Pieces, then text that is wrapped under them. */
  function hanging(pieces: readonly Piece[], gap: string, text: string): string[] {
    const head = pieces.map(({ plain }) => plain).join(gap);
    const [first = '', ...rest] = wrapped(`${head}${gap}${text}`, width, 2);
    const styled = pieces.map((each) => each.styled).join(gap);
    return [first.startsWith(head) ? styled + first.slice(head.length) : first, ...rest];
  }

  function scopeLines(scope: Scope): string[] {
    const documents = documentsOf(scope);
    const passed = passedTexts(scope.waived.length, scope.baseline?.length ?? 0).map((text) => `, ${text}`);
    const figures = `${plural(documents, nouns.document)}, ${countsText(countsOf(scope.findings))}${passed.join('')}`;
    const checks = checkLines(scope.checks, documents);
    return [
      ...hanging(
        [mark(!fails(report, scope.findings)), piece(printable(scope.name), 'bold')],
        ' ',
        ` ${figures}`,
      ),
      ...columnsOf(scope.documents, width - 2).map((line) => `  ${line}`),
      ...(checks.length > 0 ? ['', ...checks.flatMap((line) => wrapped(`  ${line}`, width, 4))] : []),
      ...(scope.previewed === undefined ? [] : wrapped(`  ${previewedText(scope.previewed)}`, width, 4)),
      ...(scope.outcome === undefined ? [] : wrapped(`  ${printable(scope.outcome)}`, width, 4)),
      '',
    ];
  }

  function scopeFindings(scope: Scope): string[] {
    const groups = alike(inOrder(scope.findings));
    const more = groups.slice(SHOWN).flat();
    return [
      ...groups.slice(0, SHOWN).flatMap((group) => [...findingLines(group), '']),
      ...(more.length === 0
        ? []
        : [`... and ${countsText(countsOf(more))} more; --report json=FILE has all`, '']),
    ];
  }

  /** The first of findings that say the same of one line, and how many more there are. */
  function findingLines(group: readonly [Finding, ...Finding[]]): string[] {
    const [finding, ...others] = group;
    const together = others.length > 0 ? togetherOf(group) : undefined;
    if (together !== undefined) {
      const pieces = [piece(finding.severity, COLOURS[finding.severity]), piece(finding.code)];
      return hanging(pieces, '  ', shortened(printable(together), LONGEST));
    }
    const { sentence, mend } = messageOf(finding);
    const place = printable(originText(finding));
    const where = [subjectText(finding), finding.pointer ?? ''].filter((part) => part !== '').map(printable);
    const pieces = [
      piece(place, 'bold'),
      piece(finding.severity, COLOURS[finding.severity]),
      piece(finding.code),
    ];
    return [
      ...hanging(place === '' ? pieces.slice(1) : pieces, '  ', shortened(printable(sentence), LONGEST)),
      ...(mend === '' ? [] : wrapped(`  mend: ${shortened(printable(mend), LONGEST)}`, width, 4)),
      ...(where.length === 0
        ? []
        : wrapped(`  in: ${where.join('  ')}${alsoText(others)}`, width, 4).map((line) =>
            style(line, 'dim'),
          )),
    ];
  }

  /** What passes although it was found: who says so, and why. */
  function waivedLines(group: WaivedGroup): string[] {
    const [first, ...others] = group.findings;
    const where = `${printable(subjectText(first))}${others.length === 0 ? '' : `  and ${others.length} more`}`;
    const text = shortened(printable(waivedGroupText(group)), LONGEST);
    return [
      ...hanging([piece('waived', 'dim')], '  ', text),
      ...wrapped(`  in: ${where}`, width, 4).map((line) => style(line, 'dim')),
    ];
  }

  const findings = findingsOf(report);
  const waived = waivedGroups(waivedOf(report));
  const known = baselineOf(report).length;
  const documents = report.scopes.reduce((sum, scope) => sum + documentsOf(scope), 0);
  const checked = report.scopes.filter((scope) => documentsOf(scope) > 0).length;
  const total = [
    countsText(countsOf(findings)),
    ...passedTexts(waivedOf(report).length, known),
    plural(documents, nouns.document),
    ...(checked > 1 ? [plural(checked, nouns.scope)] : []),
    ...(options.milliseconds === undefined ? [] : [secondsText(options.milliseconds)]),
  ].join(', ');
  const lines = [
    // What was found comes last, where the eye is when the command has ended.
    ...report.scopes.flatMap(scopeLines),
    ...waived.flatMap(waivedLines),
    ...(waived.length > 0 ? [''] : []),
    ...report.scopes.flatMap(scopeFindings),
    ...hanging([mark(!fails(report, findings)), piece(`${report.command}:`, 'bold')], ' ', total),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Findings that say the same of the same line (notes: of any line, some also of several policies), together, in the order of the first of each. */
function alike(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const place = finding.severity === 'info' ? 'anywhere' : originText(finding);
    const key = JSON.stringify([
      place === '' ? groups.size : place,
      finding.code,
      togetherOf([finding]) === undefined ? messageOf(finding).sentence : '',
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

const DOCUMENTS = { document: 'document', scope: 'environment' };

/** What passed although it was found, counted. */
const passedTexts = (waived: number, known: number): readonly string[] => [
  ...(waived > 0 ? [`${waived} waived`] : []),
  ...(known > 0 ? [`${known} of the baseline`] : []),
];

const alsoText = (others: readonly Finding[]): string =>
  others.length === 0 ? '' : `  and ${others.length} more like it`;

/** Kinds and their numbers in as many columns as fit, read downwards. */
function columnsOf(kinds: readonly KindCount[], width: number): string[] {
  const names = kinds.map(({ kind }) => printable(kind));
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  const countWidth = Math.max(0, ...kinds.map(({ count }) => String(count).length));
  const cells = kinds.map(
    ({ count }, index) => `${(names[index] ?? '').padEnd(nameWidth)} ${String(count).padStart(countWidth)}`,
  );
  const gap = 3;
  const across = Math.max(1, Math.floor((width + gap) / (nameWidth + 1 + countWidth + gap)));
  const down = Math.ceil(cells.length / across);
  return Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => cells[column * down + row] ?? '')
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** `schema  212 of 212  embedded`, aligned. */
function checkLines(checks: readonly CheckRun[], documents: number): string[] {
  const rows = checks.map((run) =>
    'skipped' in run
      ? ([run.check, 'skipped', printable(run.skipped)] as const)
      : ([run.check, `${run.covered} of ${documents}`, engineText(run)] as const),
  );
  const first = Math.max(0, ...rows.map(([check]) => check.length));
  const second = Math.max(0, ...rows.map(([, covered]) => covered.length));
  return rows.map(([check, covered, who]) => `${check.padEnd(first)}  ${covered.padStart(second)}  ${who}`);
}

const engineText = ({ engine, milliseconds }: Extract<CheckRun, { engine: string }>): string =>
  milliseconds === undefined ? printable(engine) : `${printable(engine)}, ${secondsText(milliseconds)}`;

const secondsText = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** Breaks a line at its spaces; lines after the first are indented. Words that are too long stay whole. */
function wrapped(line: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const start = rest.length - rest.trimStart().length;
    const before = rest.lastIndexOf(' ', width);
    const at = before > start ? before : rest.indexOf(' ', width);
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = `${' '.repeat(indent)}${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}
