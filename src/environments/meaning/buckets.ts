import { isLogged } from '#model/access-logs.ts';
import type { Finding } from '#model/finding.ts';
import { bucketName } from '#model/names.ts';
import { blameKey, blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** Buckets that keep what they are there for. */
export const checkBuckets: MeaningCheck = (meaning) => {
  const { environment } = meaning;
  const { aws, buckets, stage } = environment.spec;
  return entriesOf('/spec/buckets', buckets).flatMap(({ name: bucket, entry, pointer }) => {
    const findings: Finding[] = [];
    if (entry.objectLock && !entry.versioning && meaning.isRight(`${pointer}/versioning`)) {
      const args = { field: 'objectLock', needs: 'versioning: true' };
      findings.push(blameKey(meaning, 'environment-needs-field', `${pointer}/objectLock`, args));
    }
    const after = entry.lifecycle?.expireAfter;
    if (stage === 'production' && after !== undefined && entry.primary !== false) {
      const place = `${pointer}/lifecycle/expireAfter`;
      findings.push(blameValue(meaning, 'environment-expiring-data', place, { bucket, after }));
    }
    const name = bucketName(environment, bucket);
    const hasLogs = Object.values(buckets ?? {}).some((one) => isLogged(environment, one));
    if (hasLogs && aws.accessLogs?.bucket === name) {
      const place = '/spec/aws/accessLogs/bucket';
      findings.push(blameValue(meaning, 'environment-own-log-bucket', place, { name, bucket }));
    }
    return findings;
  });
};
