import { Failure, failureOf, wrapping } from '../failure.ts';
import { readPath } from '../field-path/read.ts';
import { fieldOf, type GoObject, type GoValue, isObject } from '../go/value.ts';
import type { ReadinessCheck } from './input.ts';

const DEFAULT: readonly ReadinessCheck[] = [
  { type: 'MatchCondition', matchCondition: { type: 'Ready', status: 'True' } },
];

/** Whether an observed resource is ready: all checks hold. Fails where a check can't be made. */
export function isReady(observed: GoObject, checks: readonly ReadinessCheck[] | undefined): boolean {
  const all = checks === undefined || checks.length === 0 ? DEFAULT : checks;
  return all.every((check, index) =>
    wrapping(`cannot run readiness check at index ${index}`, () => holds(check, observed)),
  );
}

function holds(check: ReadinessCheck, observed: GoObject): boolean {
  const { type, fieldPath = '', matchString, matchInteger, matchCondition } = check;
  switch (type) {
    case 'None':
      return true;
    case 'MatchCondition':
      return conditionStatus(observed, matchCondition?.type ?? '') === matchCondition?.status;
    case 'NonEmpty':
      return valueAt(observed, fieldPath) !== undefined;
    case 'MatchString':
      return typedAt(observed, fieldPath, 'a string', isText) === matchString;
    case 'MatchInteger':
      return typedAt(observed, fieldPath, 'a (int64) number', isWhole) === matchInteger;
    case 'MatchTrue':
      return typedAt(observed, fieldPath, 'a bool', isBoolean) === true;
    case 'MatchFalse':
      return typedAt(observed, fieldPath, 'a bool', isBoolean) === false;
    default:
      return false;
  }
}

/** Undefined where the field is missing. */
function valueAt(observed: GoObject, path: string): GoValue | undefined {
  try {
    return readPath(observed, path);
  } catch (error) {
    if (failureOf(error).kind === 'missing') return undefined;
    throw error;
  }
}

const isText = (value: GoValue): value is string => typeof value === 'string';
const isBoolean = (value: GoValue): value is boolean => typeof value === 'boolean';
/** Numbers of an observed resource are float64, which count as no whole numbers here. */
const isWhole = (value: GoValue): value is bigint => typeof value === 'bigint';

function typedAt<T extends GoValue>(
  observed: GoObject,
  path: string,
  words: string,
  fits: (value: GoValue) => value is T,
): T | undefined {
  const value = valueAt(observed, path);
  if (value === undefined || fits(value)) return value;
  throw new Failure(`${path}: not ${words}`);
}

/**
 * Status of a condition: Unknown where there is no such condition, empty where the status of the resource is
 * missing or no status with conditions.
 */
export function conditionStatus(observed: GoObject, type: string): string {
  const status = fieldOf(observed, 'status');
  if (status === undefined) return '';
  if (status === null) return 'Unknown';
  const conditions = isObject(status) ? (fieldOf(status, 'conditions') ?? []) : undefined;
  if (!Array.isArray(conditions) || !conditions.every(isCondition)) return '';
  const found = conditions.find((condition) => isObject(condition) && (condition['type'] ?? '') === type);
  if (found === undefined) return 'Unknown';
  const value = isObject(found) ? fieldOf(found, 'status') : undefined;
  return typeof value === 'string' ? value : '';
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function isCondition(value: GoValue): boolean {
  if (value === null) return true;
  if (!isObject(value)) return false;
  const texts = ['type', 'status', 'reason', 'message'].map((field) => fieldOf(value, field) ?? '');
  const time = fieldOf(value, 'lastTransitionTime') ?? null;
  const generation = fieldOf(value, 'observedGeneration') ?? 0;
  return (
    texts.every((text) => typeof text === 'string') &&
    (time === null || (typeof time === 'string' && TIME.test(time))) &&
    typeof generation === 'number' &&
    Number.isInteger(generation)
  );
}
