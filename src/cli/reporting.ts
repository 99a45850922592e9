import path from 'node:path';
import { codeQualityReport } from '#report/code-quality.ts';
import { githubReport } from '#report/github.ts';
import { htmlReport } from '#report/html/page.ts';
import { jsonReport } from '#report/json.ts';
import { junitReport } from '#report/junit.ts';
import { ledgerReport } from '#report/ledger.ts';
import { markdownReport } from '#report/markdown.ts';
import { policyReport } from '#report/policy-report.ts';
import { fails, findingsOf, type Report } from '#report/report.ts';
import { sarifReport } from '#report/sarif.ts';
import { svgReport } from '#report/svg.ts';
import { type TextOptions, textReport } from '#report/text.ts';
import { COULD_NOT_CHECK as NOT_CHECKED } from '#validate/coverage.ts';
import type { Arguments } from './arguments.ts';
import { refuseUnwritable, writeReportFile } from './report-file.ts';
import { CLEAN, COULD_NOT_CHECK, type ExitCode, FOUND, type Terminal, UsageError } from './terminal.ts';

/** Formats of `--report`, each a pure function of the finished run. */
const formats: Readonly<Record<string, (report: Report) => string>> = {
  json: jsonReport,
  ledger: ledgerReport,
  markdown: markdownReport,
  html: htmlReport,
  sarif: sarifReport,
  junit: junitReport,
  'code-quality': codeQualityReport,
  github: githubReport,
  'policy-report': policyReport,
  svg: svgReport,
};

/** How the run ended. */
interface Ending {
  readonly milliseconds: number;
  /** Whether there was anything that could be read and checked. */
  readonly couldCheck: boolean;
  /** Whether standard output belongs to what the command printed for programs. */
  readonly isOutTaken?: boolean;
}

interface Wanted {
  readonly write: (report: Report) => string;
  /** Absolute path; undefined for standard output. */
  readonly file: string | undefined;
}

/** Reads `--report FORMAT=FILE,...`. Throws UsageError for what can't be meant, before any work is done. */
export function wantedReports(typed: Arguments, terminal: Terminal): readonly Wanted[] {
  const wanted = typed.list('report').map((text): Wanted => {
    const [format = '', ...rest] = text.split('=');
    const file = rest.join('=');
    const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
    if (write === undefined || file === '') {
      throw new UsageError(
        `--report takes FORMAT=FILE, not ${JSON.stringify(text)} (formats: ${Object.keys(formats).join(', ')}; - for standard output)`,
      );
    }
    if (file === '-' || file === '/dev/stdout') return { write, file: undefined };
    const at = path.resolve(terminal.cwd, file);
    refuseUnwritable(at);
    return { write, file: at };
  });
  const places = wanted.map(({ file }) => file ?? '-');
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined)
    throw new UsageError(
      `two reports can't both go to ${twice === '-' ? 'standard output (-)' : twice}: name a file for each`,
    );
  return wanted;
}

/** Whether a report tells who looked at what, which costs something to know. */
export const wantsLedger = (wanted: readonly Wanted[]): boolean =>
  wanted.some(({ write }) => write === ledgerReport);

/** Prints the run for people, writes the reports that were asked for, and gives the exit code. */
export function finish(
  report: Report,
  wanted: readonly Wanted[],
  terminal: Terminal,
  { milliseconds, couldCheck, isOutTaken = false }: Ending,
): ExitCode {
  // Standard output belongs to the report that asked for it; people read the summary on standard error then.
  const toErr = isOutTaken || wanted.some(({ file }) => file === undefined);
  const text = textReport(report, { ...textOptions(terminal, toErr), milliseconds });
  (toErr ? terminal.err : terminal.out)(text);
  for (const { write, file } of wanted) {
    if (file === undefined) {
      terminal.out(write(report));
      continue;
    }
    writeReportFile(file, write(report));
  }
  return exitCode(report, couldCheck);
}

function exitCode(report: Report, couldCheck: boolean): ExitCode {
  const findings = findingsOf(report);
  if (!couldCheck || findings.some(({ code }) => NOT_CHECKED.has(code))) return COULD_NOT_CHECK;
  return fails(report, findings) ? FOUND : CLEAN;
}

/** How text for people is shown where it goes. */
export const textOptions = (terminal: Terminal, toErr: boolean): TextOptions => ({
  columns: terminal.columns,
  colour: wantsColour(terminal, toErr ? terminal.isErrTerminal : terminal.isTerminal),
  unicode: isUnicode(terminal),
});

/** https://no-color.org: any value that is not empty turns colours off. */
function wantsColour({ env }: Terminal, isTerminal: boolean): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}

function isUnicode({ env }: Terminal): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}
