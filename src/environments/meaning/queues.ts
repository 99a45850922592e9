import type { Finding } from '#model/finding.ts';
import { deadLetterQueueName, queueName } from '#model/names.ts';
import { blameKey, blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** Queues whose failures go somewhere else, and fields that only FIFO queues have. */
export const checkQueues: MeaningCheck = (meaning) =>
  entriesOf('/spec/queues', meaning.environment.spec.queues).flatMap(({ name: queue, entry, pointer }) => {
    const findings: Finding[] = [];
    const name = queueName(meaning.environment, queue);
    if (name === deadLetterQueueName(meaning.environment, queue)) {
      const args = { queue, name };
      findings.push(blameValue(meaning, 'environment-own-dead-letters', `${pointer}/deadLetterName`, args));
    }
    if (entry.highThroughput !== undefined && !entry.fifo && meaning.isRight(`${pointer}/fifo`)) {
      const args = { field: 'highThroughput', needs: 'fifo: true' };
      findings.push(blameKey(meaning, 'environment-needs-field', `${pointer}/highThroughput`, args));
    }
    return findings;
  });
