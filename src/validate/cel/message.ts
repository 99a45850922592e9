import { type Bindings, type Budget, CelError } from '#cel/cel.ts';
import type { CompiledRule } from './compile.ts';

/** Longer ones the API server does not show. */
const LONGEST_MESSAGE = 5_120;

export interface RuleMessage {
  readonly message: string;
  /** Whether making the message cost all that was left. */
  readonly isSpent: boolean;
}

/** What a rule says to those who break it: its expression's text, or its own, or the rule. */
export function messageOf(one: CompiledRule, bindings: Bindings, budget: Budget): RuleMessage {
  const { rule, message } = one;
  const plain = rule.message.trim() === '' ? `failed rule: ${rule.rule.trim()}` : rule.message.trim();
  if (message === undefined) return { message: plain, isSpent: false };
  const value = message.run(bindings, budget);
  const isSpent = value instanceof CelError && value.costExceeded;
  return { message: usable(value) ?? plain, isSpent };
}

function usable(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || text.includes('\n')) return undefined;
  return new TextEncoder().encode(text).length > LONGEST_MESSAGE ? undefined : text;
}
