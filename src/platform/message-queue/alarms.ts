import { MetricAlarm } from '#imports/cloudwatch.aws.upbound.io.ts';
import { aws, base, type ComposedResource } from '../composed.ts';
import { combine, EXTERNAL_NAME, from } from '../patches.ts';

/**
 * What somebody is told of: nobody takes messages any more, or nobody can handle them. They are always there, and
 * show in CloudWatch; topics, where there are any, are told as well.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const alarms = (): readonly ComposedResource[] => [
  alarm('alarm-oldest-message', {
    queue: 'spec.name',
    metric: 'ApproximateAgeOfOldestMessage',
    threshold: 'spec.alarms.oldestMessageSeconds',
    description: 'The oldest message waits too long: are there receivers, and do they keep up?',
    // One late message is no trend: three minutes of five.
    minutes: { of: 5, atLeast: 3 },
  }),
  alarm('alarm-dead-letters', {
    queue: 'spec.deadLetterQueueName',
    metric: 'ApproximateNumberOfMessagesVisible',
    threshold: 'spec.alarms.deadLetters',
    description: 'Messages could not be handled and lie in the dead-letter queue.',
    minutes: { of: 1, atLeast: 1 },
  }),
];

interface Alarm {
  /** Field that holds the name of the queue. */
  readonly queue: string;
  readonly metric: string;
  readonly threshold: string;
  readonly description: string;
  readonly minutes: { readonly of: number; readonly atLeast: number };
}

const alarm = (name: string, { queue, metric, threshold, description, minutes }: Alarm): ComposedResource =>
  aws(
    name,
    base(MetricAlarm, {
      spec: {
        forProvider: {
          namespace: 'AWS/SQS',
          metricName: metric,
          statistic: 'Maximum',
          comparisonOperator: 'GreaterThanOrEqualToThreshold',
          period: 60,
          evaluationPeriods: minutes.of,
          datapointsToAlarm: minutes.atLeast,
          // SQS says nothing of a queue that nobody has used for hours.
          treatMissingData: 'notBreaching',
          actionsEnabled: true,
          alarmDescription: description,
        },
      },
    }),
    combine(`%s-${name.replace('alarm-', '')}`, EXTERNAL_NAME, queue),
    from(queue, 'spec.forProvider.dimensions.QueueName'),
    from(threshold, 'spec.forProvider.threshold'),
    from('spec.alarms.topicArns', 'spec.forProvider.alarmActions'),
    from('spec.alarms.topicArns', 'spec.forProvider.okActions'),
  );
