import { at, type Field, invalid, isGiven, numberOf, type Report } from '../field.ts';
import { handler } from './handlers.ts';

/** https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/ */
export function lifecycle(report: Report, field: Field, spec: Field): void {
  for (const name of ['postStart', 'preStop']) {
    const hook = at(field, name);
    if (!isGiven(hook)) continue;
    handler(report, hook, ['exec', 'httpGet', 'tcpSocket', 'sleep']);
    const seconds = at(hook, 'sleep', 'seconds');
    const grace = numberOf(at(spec, 'terminationGracePeriodSeconds')) ?? 30;
    const number = numberOf(seconds);
    if (number !== undefined && (number < 0 || number > grace))
      invalid(report, seconds, 'number-range', `0 to ${grace}, the time that the pod has to stop`);
  }
}
