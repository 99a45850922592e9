import { compile, kubernetesEnvironment } from '#cel/cel.ts';
import { DYN } from '#cel/types/type.ts';

const environment = kubernetesEnvironment({ self: DYN });

/** Whether a rule of an XRD holds for an object; throws where the rule is none. */
export function holds(rule: string, self: Readonly<Record<string, string>>): boolean {
  const { program, issues } = compile(rule, environment);
  if (program === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  const value = program.run({ self });
  if (typeof value !== 'boolean') throw new Error(`${rule}: ${String(value)}`);
  return value;
}
