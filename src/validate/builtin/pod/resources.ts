import { isQualifiedName } from '../../metadata/forms.ts';
import { amountOf, isWhole } from '../amount.ts';
import {
  at,
  entries,
  type Field,
  forbidden,
  invalid,
  isGiven,
  items,
  notFound,
  type Report,
  required,
  textOf,
  unique,
} from '../field.ts';

/** https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */

const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage']);

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');

/** Resources that nodes offer beside the usual ones: whole, and not shared. */
const isExtended = (name: string): boolean => name.includes('/') && !/^([^/]*\.)?kubernetes\.io\//.test(name);

export function containerResources(report: Report, resources: Field, spec: Field): void {
  if (!isGiven(resources)) return;
  const limits = at(resources, 'limits');
  const requests = at(resources, 'requests');
  for (const list of [limits, requests])
    for (const entry of entries(list)) {
      containerResourceName(report, { ...entry, value: entry.key });
      amount(report, entry, isExtended(entry.key));
    }
  for (const request of entries(requests)) compared(report, request, at(limits, request.key));
  needsCpuOrMemory(report, limits, requests);
  const known = new Set(items(at(spec, 'resourceClaims')).map((claim) => textOf(at(claim, 'name'))));
  const claims = items(at(resources, 'claims'));
  for (const claim of claims) {
    const name = at(claim, 'name');
    if (textOf(name) === '') required(report, name);
    else if (!known.has(textOf(name))) notFound(report, name, 'resourceClaims of the pod');
  }
  unique(report, claims, (claim) => `${textOf(at(claim, 'name'))}/${textOf(at(claim, 'request'))}`, 'claims');
}

/** The name of something that containers use. */
export function containerResourceName(report: Report, field: Field): void {
  const name = textOf(field);
  if (!isQualifiedName(name)) invalid(report, field, 'qualified-name');
  else if (!name.includes('/') && !STANDARD.has(name) && !isHugePages(name))
    invalid(report, field, 'resource-of-containers');
}

/** An amount is not negative; of what can't be shared it is whole. */
function amount(report: Report, field: Field, mustBeWhole: boolean): void {
  const value = amountOf(field.value);
  if (value === undefined) return;
  if (value < 0n) invalid(report, field, 'non-negative');
  else if (mustBeWhole && !isWhole(value)) invalid(report, field, 'quantity-whole');
}

function compared(report: Report, request: Field & { readonly key: string }, limit: Field): void {
  const { key } = request;
  const fixed = isExtended(key) || isHugePages(key);
  // A limit that is null is there, and zero.
  if (limit.value === undefined) {
    if (fixed) required(report, limit, `${key} can't be overcommitted: a limit is needed`);
    return;
  }
  const [asked, most] = [amountOf(request.value), limit.value === null ? 0n : amountOf(limit.value)];
  if (asked === undefined || most === undefined) return;
  if (fixed && asked !== most) invalid(report, request, 'quantity-order', `equal to the limit of ${key}`);
  else if (asked > most) invalid(report, request, 'quantity-order', `at most the limit of ${key}`);
}

function needsCpuOrMemory(report: Report, limits: Field, requests: Field): void {
  const given = [...entries(limits), ...entries(requests)].map(({ key }) => key);
  const huge = [...entries(limits), ...entries(requests)].find(({ key }) => isHugePages(key));
  if (huge !== undefined && !given.includes('cpu') && !given.includes('memory'))
    forbidden(report, huge, 'huge pages need cpu or memory beside them');
}
