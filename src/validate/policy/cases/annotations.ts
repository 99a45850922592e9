import type { Finding } from '#model/finding.ts';
import { isRecord, type PolicyDocument } from '../policy-file.ts';

/** What a policy says of itself: findings and the documentation quote it. */
const WANTED = ['title', 'why', 'severity', 'standard', 'mend'] as const;
const SEVERITIES: readonly unknown[] = ['critical', 'high', 'medium', 'low'];

/** A finding for each policy that leaves some of it out. */
export function missingAnnotations(documents: readonly PolicyDocument[]): readonly Finding[] {
  return documents
    .filter(({ value }) => value['kind'] === 'ValidatingAdmissionPolicy')
    .flatMap(({ value, origin }): readonly Finding[] => {
      const metadata = isRecord(value['metadata']) ? value['metadata'] : {};
      const given = isRecord(metadata['annotations']) ? metadata['annotations'] : {};
      const annotations = WANTED.filter((name) => !isGiven(name, given[`plimsoll.dev/${name}`])).map(
        (name) => `plimsoll.dev/${name}`,
      );
      if (annotations.length === 0) return [];
      const args = { policy: String(metadata['name'] ?? ''), annotations };
      const at = origin(['metadata', 'annotations']);
      return [{ code: 'policy-annotation-missing', severity: 'warning', origin: at, args }];
    });
}

const isGiven = (name: (typeof WANTED)[number], value: unknown): boolean =>
  name === 'severity' ? SEVERITIES.includes(value) : typeof value === 'string' && value.trim() !== '';
