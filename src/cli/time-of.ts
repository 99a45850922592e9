import type { Arguments } from './arguments.ts';
import { UsageError } from './terminal.ts';

/** Milliseconds of `--timeout`, such as 30s or 2m. */
export function timeOf(typed: Arguments, usual: string): number {
  const text = typed.value('timeout') ?? usual;
  const [, amount, unit = 's'] = /^(\d{1,4})(ms|s|m)$/.exec(text) ?? [];
  if (amount === undefined)
    throw new UsageError(`--timeout takes a time such as 30s or 1m, not ${JSON.stringify(text)}`);
  return Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000);
}
