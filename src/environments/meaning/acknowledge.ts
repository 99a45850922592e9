import { acknowledgedThing } from '#model/acknowledgements.ts';
import type { Finding } from '#model/finding.ts';
import { blameValue, type MeaningCheck } from './meaning.ts';

/** An acknowledgement is for one thing and for a while: one that stays would let the next slip pass. */
export const checkAcknowledge: MeaningCheck = (meaning) => {
  const { environment, isRight, today } = meaning;
  const seen = new Map<string, number>();
  return (environment.spec.acknowledge ?? []).flatMap((one, index): readonly Finding[] => {
    const at = `/spec/acknowledge/${index}`;
    const { resource, action, until } = one;
    const findings: Finding[] = [];
    if (isRight(`${at}/until`)) {
      if (!isDate(until))
        findings.push(blameValue(meaning, 'environment-acknowledge-date', `${at}/until`, { date: until }));
      else if (today !== undefined && until < today)
        findings.push(
          blameValue(meaning, 'environment-acknowledge-expired', `${at}/until`, { resource, until }),
        );
    }
    if (isRight(`${at}/resource`) && isRight(`${at}/action`)) {
      const { kind, namespace = '', name } = acknowledgedThing(environment, one);
      const key = `${action} ${kind} ${namespace}/${name}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else
        findings.push(
          blameValue(meaning, 'environment-acknowledge-twice', `${at}/resource`, { resource, first }),
        );
    }
    return findings;
  });
};

/** Whether the calendar has it: `2026-02-30` has the form of a date and is none. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
