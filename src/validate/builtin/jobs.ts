import {
  at,
  type Field,
  forbidden,
  invalid,
  isFilled,
  isGiven,
  items,
  nonNegative,
  notFound,
  numberOf,
  oneOf,
  type Report,
  required,
  requireText,
  textOf,
} from './field.ts';
import { domainPrefixed, qualifiedName } from './forms.ts';
import { podTemplate } from './pod/spec.ts';
import { isSchedule } from './schedule.ts';
import { labelSelector } from './selector.ts';

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/ */
export function job(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const selector = at(spec, 'selector');
  if (at(spec, 'manualSelector').value === true) {
    if (isGiven(selector)) labelSelector(report, selector);
    else required(report, selector, 'manualSelector is set');
  } else if (isGiven(selector))
    forbidden(report, selector, 'the API server makes it, without manualSelector');
  jobSpec(report, spec);
}

function jobSpec(report: Report, spec: Field): void {
  for (const name of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ])
    nonNegative(report, at(spec, name));
  indexed(report, spec);
  domainPrefixed(report, at(spec, 'managedBy'));
  const template = at(spec, 'template');
  podTemplate(report, template);
  const policy = at(template, 'spec', 'restartPolicy');
  if (isGiven(at(template, 'spec'))) {
    if (!isFilled(policy) || policy.value === 'Always') required(report, policy, 'OnFailure or Never');
    else oneOf(report, policy, ['OnFailure', 'Never']);
  }
  podFailurePolicy(report, spec);
  const replacement = at(spec, 'podReplacementPolicy');
  oneOf(report, replacement, ['TerminatingOrFailed', 'Failed']);
  if (isGiven(at(spec, 'podFailurePolicy'))) oneOf(report, replacement, ['Failed']);
  successPolicy(report, spec);
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode */
function indexed(report: Report, spec: Field): void {
  const mode = at(spec, 'completionMode');
  oneOf(report, mode, ['NonIndexed', 'Indexed']);
  const isIndexed = textOf(mode) === 'Indexed';
  const completions = at(spec, 'completions');
  const parallelism = at(spec, 'parallelism');
  if (isIndexed) {
    if (!isGiven(completions)) required(report, completions, 'completionMode is Indexed');
    if ((numberOf(parallelism) ?? 0) > 100_000) invalid(report, parallelism, 'index-limit');
  }
  const each = at(spec, 'backoffLimitPerIndex');
  const failed = at(spec, 'maxFailedIndexes');
  if (!isIndexed) {
    for (const field of [each, failed])
      if (isGiven(field)) forbidden(report, field, 'completionMode is not Indexed');
    return;
  }
  if (isGiven(failed) && !isGiven(each)) required(report, each, 'maxFailedIndexes is set');
  if (isGiven(failed) && isGiven(completions) && (numberOf(failed) ?? 0) > (numberOf(completions) ?? 0))
    invalid(report, failed, 'number-range', 'at most completions');
}

const LARGEST_POLICY = 20;

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy */
function podFailurePolicy(report: Report, spec: Field): void {
  const policy = at(spec, 'podFailurePolicy');
  if (!isGiven(policy)) return;
  const restart = at(spec, 'template', 'spec', 'restartPolicy');
  if (textOf(restart) !== 'Never')
    invalid(report, restart, 'one-value', 'Never, for there is a podFailurePolicy');
  const rules = items(at(policy, 'rules'));
  if (rules.length > LARGEST_POLICY)
    report({
      code: 'builtin-too-long',
      field: at(policy, 'rules'),
      args: { found: rules.length, limit: LARGEST_POLICY, unit: 'rules' },
    });
  const names = new Set(
    ['containers', 'initContainers'].flatMap((list) =>
      items(at(spec, 'template', 'spec', list)).map((container) => textOf(at(container, 'name'))),
    ),
  );
  for (const rule of rules) failureRule(report, rule, spec, names);
}

function failureRule(report: Report, rule: Field, spec: Field, containers: ReadonlySet<string>): void {
  const action = at(rule, 'action');
  const perIndex = isGiven(at(spec, 'backoffLimitPerIndex'));
  oneOf(report, action, ['Count', 'FailIndex', 'FailJob', 'Ignore'], 'required');
  if (textOf(action) === 'FailIndex' && !perIndex)
    forbidden(report, action, 'there is no backoffLimitPerIndex');
  const codes = at(rule, 'onExitCodes');
  const conditions = at(rule, 'onPodConditions');
  const hasConditions = items(conditions).length > 0;
  if (isGiven(codes) && hasConditions)
    forbidden(report, rule, 'onExitCodes and onPodConditions exclude each other');
  if (!isGiven(codes) && !hasConditions) required(report, rule, 'onExitCodes or onPodConditions');
  for (const condition of items(conditions)) {
    const type = at(condition, 'type');
    if (requireText(report, type)) qualifiedName(report, type);
    oneOf(report, at(condition, 'status'), ['True', 'False', 'Unknown']);
  }
  if (isGiven(codes)) exitCodes(report, codes, containers);
}

function exitCodes(report: Report, codes: Field, containers: ReadonlySet<string>): void {
  const operator = at(codes, 'operator');
  oneOf(report, operator, ['In', 'NotIn'], 'required');
  const container = at(codes, 'containerName');
  if (isGiven(container) && !containers.has(textOf(container))) notFound(report, container, 'containers');
  const values = items(at(codes, 'values'));
  if (values.length === 0) invalid(report, at(codes, 'values'), 'number-range', 'at least one');
  let last: number | undefined;
  for (const value of values) {
    // Nothing is zero to the API server.
    const number = value.value === null ? 0 : numberOf(value);
    if (number === undefined) continue;
    if (number === 0 && textOf(operator) === 'In') invalid(report, value, 'positive');
    if (last === number)
      report({ code: 'builtin-duplicate', field: value, args: { found: String(number), of: 'exit codes' } });
    else if (last !== undefined && number < last)
      invalid(report, at(codes, 'values'), 'number-range', 'in ascending order');
    last = number;
  }
}

function successPolicy(report: Report, spec: Field): void {
  const policy = at(spec, 'successPolicy');
  if (!isGiven(policy)) return;
  if (textOf(at(spec, 'completionMode')) !== 'Indexed')
    forbidden(report, policy, 'completionMode is not Indexed');
  const rules = items(at(policy, 'rules'));
  if (rules.length === 0) required(report, at(policy, 'rules'));
  for (const rule of rules) {
    if (!isGiven(at(rule, 'succeededCount')) && !isGiven(at(rule, 'succeededIndexes')))
      required(report, rule, 'succeededCount or succeededIndexes');
    succeeded(report, rule, numberOf(at(spec, 'completions')));
  }
}

/** How many indexes must succeed, and which: no more than there are. */
function succeeded(report: Report, rule: Field, completions: number | undefined): void {
  const count = at(rule, 'succeededCount');
  const indexes = at(rule, 'succeededIndexes');
  nonNegative(report, count);
  const named = typeof indexes.value === 'string' ? countIndexes(indexes.value, completions) : undefined;
  if (typeof indexes.value === 'string' && named === undefined)
    invalid(report, indexes, 'one-value', 'indexes below completions, in ascending order, such as 0,2-4');
  const most = Math.min(completions ?? Number.POSITIVE_INFINITY, named ?? Number.POSITIVE_INFINITY);
  if ((numberOf(count) ?? 0) > most) invalid(report, count, 'number-range', `at most ${most}`);
}

/** How many indexes `0,2-4` names; undefined where it is no such list. */
function countIndexes(text: string, completions = Number.POSITIVE_INFINITY): number | undefined {
  if (text === '') return 0;
  let [last, count] = [-1, 0];
  for (const part of text.split(',')) {
    const [, first = '', other] = /^([+]?[0-9]{1,10})(?:-([+]?[0-9]{1,10}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(other ?? first)];
    if (first === '' || from <= last || to >= completions || (other !== undefined && to <= from))
      return undefined;
    count += to - from + 1;
    last = to;
  }
  return count;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/ */
export function cronJob(report: Report, object: Field): void {
  const spec = at(object, 'spec');
  const schedule = at(spec, 'schedule');
  if (requireText(report, schedule)) {
    if (/TZ=/.test(textOf(schedule))) forbidden(report, schedule, 'timeZone is where the time zone goes');
    else if (!isSchedule(textOf(schedule))) invalid(report, schedule, 'cron-schedule');
  }
  timeZone(report, at(spec, 'timeZone'));
  for (const name of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'])
    nonNegative(report, at(spec, name));
  oneOf(report, at(spec, 'concurrencyPolicy'), ['Allow', 'Forbid', 'Replace']);
  const job = at(spec, 'jobTemplate', 'spec');
  for (const name of ['selector', 'manualSelector'])
    if (isGiven(at(job, name))) forbidden(report, at(job, name), 'each job gets a selector of its own');
  jobSpec(report, job);
}

function timeZone(report: Report, field: Field): void {
  if (!isGiven(field) || typeof field.value !== 'string') return;
  if (field.value === '') invalid(report, field, 'time-zone');
  else if (field.value.toLowerCase() === 'local' || !isKnownZone(field.value))
    invalid(report, field, 'time-zone');
}

function isKnownZone(name: string): boolean {
  if (!/^[A-Za-z0-9_+/-]{1,64}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
