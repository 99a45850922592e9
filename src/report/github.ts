import type { Finding, Severity } from '#model/finding.ts';
import { messageOf } from './messages.ts';
import { printable, shortened } from './printable.ts';
import { inOrder, type Report } from './report.ts';

/**
 * Workflow commands, by which GitHub Actions marks lines of a pull request:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. Nothing that a stranger wrote
 * begins a command: one finding is one line, escaped as the runner reads it.
 */
const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows ten of each in a step; what is beyond is counted. */
const SHOWN = 10;
const LONGEST = 1_000;

export function githubReport(report: Report): string {
  const findings = report.scopes.flatMap(({ findings: own }) => inOrder(own));
  return (['error', 'warning', 'info'] as const)
    .flatMap((severity) => {
      const own = findings.filter((finding) => finding.severity === severity);
      const left = own.length - SHOWN;
      return [
        ...own.slice(0, SHOWN).map(annotation),
        ...(left > 0
          ? [`::${COMMANDS[severity]} title=plimsoll::and ${left} more, which the report has`]
          : []),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function annotation(finding: Finding): string {
  const { code, severity, origin } = finding;
  const { sentence, mend } = messageOf(finding);
  const place =
    origin === undefined
      ? []
      : [`file=${property(origin.file)}`, `line=${origin.line}`, `col=${origin.column}`];
  const properties = [...place, `title=${property(code)}`].join(',');
  return `::${COMMANDS[severity]} ${properties}::${data(mend === '' ? sentence : `${sentence}. To mend: ${mend}`)}`;
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts has what the runner decodes. */
const data = (text: string): string => shortened(printable(text), LONGEST).replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
