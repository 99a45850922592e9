import type { Finding } from '#model/finding.ts';
import { needsRole, usesOf, variablesOf } from '#model/uses.ts';
import { suggested } from '../finding.ts';
import { blameKey, blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** `$(NAME)`, but not `$$(NAME)`: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/ */
const REFERENCE = /(?<!\$)(?:\$\$)*\$\(([A-Za-z_][A-Za-z0-9_]{0,127})\)/g;

/** Variables of one service: each name derived once, and `$(NAME)` inserts one that there is. */
export const checkVariables: MeaningCheck = (meaning) =>
  entriesOf('/spec/services', meaning.environment.spec.services).flatMap(
    ({ name: service, entry, pointer }) => {
      const uses = usesOf(meaning.environment, service);
      const derived = new Map<string, string>();
      const findings: Finding[] = [];
      for (const use of uses) {
        for (const { name } of variablesOf(use)) {
          const other = derived.get(name);
          if (other === undefined) derived.set(name, use.name);
          else findings.push(blameKey(meaning, 'environment-variable-taken', use.pointer, { name, other }));
        }
      }
      const secrets = Object.keys(entry.secrets ?? {});
      for (const name of secrets) {
        const other = derived.get(name) ?? (Object.hasOwn(entry.env ?? {}, name) ? 'env' : undefined);
        if (other === undefined) continue;
        findings.push(
          blameKey(meaning, 'environment-variable-taken', `${pointer}/secrets/${name}`, { name, other }),
        );
      }
      const isComplete = uses.length === Object.keys(entry.uses ?? {}).length;
      if (!isComplete) return findings;
      const hasRole = uses.some(needsRole) || secrets.length > 0;
      const given = [...derived.keys(), ...secrets, ...(hasRole ? ['AWS_REGION'] : [])];
      return [...findings, ...dangling(meaning, `${pointer}/env`, entry.env ?? {}, given)];
    },
  );

/**
 * Kubernetes leaves a reference to nothing as it stands, and to a variable that is set further down, which is
 * seldom what was meant.
 */
function dangling(
  meaning: Meaning,
  pointer: string,
  env: Readonly<Record<string, string>>,
  given: readonly string[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const known = new Set(given);
  for (const [variable, value] of Object.entries(env)) {
    const names = new Set([...value.matchAll(REFERENCE)].map((match) => match[1] ?? ''));
    for (const name of names) {
      if (known.has(name)) continue;
      const args = { name, ...suggested(meaning.suggest(name, given)) };
      const place = `${pointer}/${variable}`;
      findings.push(blameValue(meaning, 'environment-unknown-variable', place, args, 'warning'));
    }
    known.add(variable);
  }
  return findings;
}
