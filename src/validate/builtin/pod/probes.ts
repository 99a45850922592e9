import {
  at,
  type Field,
  forbidden,
  invalid,
  isFilled,
  isGiven,
  nonNegative,
  numberOf,
  type Report,
} from '../field.ts';
import { handler } from './handlers.ts';

const KINDS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

/** https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/ */
export function probes(report: Report, container: Field, _spec: Field): void {
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = at(container, name);
    if (!isGiven(probe)) continue;
    handler(report, probe, KINDS);
    for (const number of NUMBERS) nonNegative(report, at(probe, number));
    const grace = at(probe, 'terminationGracePeriodSeconds');
    if (isGiven(grace) && (numberOf(grace) ?? 1) <= 0) invalid(report, grace, 'positive');
    if (name === 'readinessProbe') {
      if (isGiven(grace)) forbidden(report, grace, 'a readiness probe ends no container');
    } else {
      const successes = at(probe, 'successThreshold');
      if (isFilled(successes) && successes.value !== 1) invalid(report, successes, 'one-value', '1');
    }
  }
}
