import path from 'node:path';
import type { Checked, Finding } from '#model/finding.ts';
import {
  type Rendered,
  type RenderInput,
  renderComposite,
  renderCompositeCalling,
} from '#preview/render/composite.ts';
import { renderedDocuments, yamlDocument } from '#preview/render/documents.ts';
import { messageOf } from '#report/messages.ts';
import { printable } from '#report/printable.ts';
import type { Arguments } from './arguments.ts';
import { readRenderInput } from './render-inputs.ts';
import { CLEAN, COULD_NOT_CHECK, type ExitCode, FOUND, type Terminal } from './terminal.ts';
import { timeOf } from './time-of.ts';

/**
 * `plimsoll render`: what Crossplane makes of a composite resource, in the form of `crossplane render`, for anyone's
 * compositions. Documents go to standard output, findings to standard error.
 */
export async function render(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const input = readRenderInput(typed, terminal.cwd);
  if (input.value === undefined) {
    tell(input.findings, terminal);
    return COULD_NOT_CHECK;
  }
  const { value, findings } = await rendered(input.value, timeOf(typed, '1m'));
  const all = [...input.findings, ...findings];
  tell(all, terminal);
  if (value !== undefined) {
    const shown = {
      fullComposite: typed.has('include-full-xr'),
      results: typed.has('include-function-results'),
      context: typed.has('include-context'),
    };
    for (const document of renderedDocuments(value, input.value.composite, shown))
      terminal.out(yamlDocument(document));
  }
  return all.some(({ severity }) => severity === 'error') ? FOUND : CLEAN;
}

/** Functions that run elsewhere are called; without any, nothing of gRPC is loaded. */
async function rendered(input: RenderInput, milliseconds: number): Promise<Checked<Rendered>> {
  if (input.functions.every(({ target }) => target === undefined)) return renderComposite(input);
  const { functionCaller } = await import('./function-call.ts');
  return renderCompositeCalling(input, await functionCaller(milliseconds));
}

function tell(findings: readonly Finding[], { err, cwd }: Terminal): void {
  for (const finding of findings) {
    const { sentence, mend } = messageOf(finding);
    const { origin } = finding;
    const place =
      origin === undefined ? '' : `${path.relative(cwd, origin.file)}:${origin.line}:${origin.column}: `;
    err(
      `plimsoll: ${finding.severity}: ${printable(`${place}${sentence} [${finding.code}]`)}\n  ${printable(mend)}\n`,
    );
  }
}
