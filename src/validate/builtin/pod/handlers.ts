import {
  at,
  exactlyOne,
  type Field,
  invalid,
  isFilled,
  isGiven,
  items,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
} from '../field.ts';
import { port, portReference } from '../forms.ts';

/** What a probe or a hook does. */
export function handler(report: Report, field: Field, kinds: readonly string[]): void {
  const one = exactlyOne(report, field, kinds, `one of ${kinds.join(', ')}`);
  switch (one?.key) {
    case 'exec':
      if (items(at(one, 'command')).length === 0) required(report, at(one, 'command'));
      break;
    case 'httpGet':
      httpGet(report, one);
      break;
    case 'tcpSocket':
      portGiven(report, at(one, 'port'));
      break;
    case 'grpc': {
      const number = at(one, 'port');
      if (isFilled(number)) port(report, number);
      else invalid(report, number, 'port');
      break;
    }
    default:
  }
}

function httpGet(report: Report, field: Field): void {
  portGiven(report, at(field, 'port'));
  oneOf(report, at(field, 'scheme'), ['HTTP', 'HTTPS']);
  for (const header of items(at(field, 'httpHeaders'))) {
    const name = at(header, 'name');
    if (!requireText(report, name)) continue;
    if (!/^[-A-Za-z0-9]+$/.test(textOf(name))) invalid(report, name, 'http-header');
  }
}

function portGiven(report: Report, field: Field): void {
  if (isGiven(field) && field.value !== 0) portReference(report, field);
  else invalid(report, field, 'port');
}
