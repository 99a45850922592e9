import { isKubernetesObject, type KubernetesObject } from '#manifests/manifest.ts';
import type { Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import { type PolicyCase, PolicyCasesFile } from '#model/policy-cases.ts';
import { type RecordEntry, type Records, readRecords } from '../../records/read.ts';
import type { Path, PolicyFile } from '../policy-file.ts';
import { type Edited, removeAt, setAt } from './edit.ts';

/**
 * Reads the cases beside a policy: requests, and what the policy is expected to say of each.
 *
 * Input: the text of a `*.cases.yaml`. Output: its cases, complete. Guarantees: pure; a case that makes no request, or
 * expects nothing that can be compared, is a finding at its place, and so is every pointer that leads nowhere.
 */
export interface PolicyCases {
  readonly file: string;
  readonly policy: string;
  /** Where the policy is named. */
  readonly origin: Origin;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  readonly origin: Origin;
  readonly request: CaseRequest;
  readonly expected: Expected;
}

/** What comes to admission: without `oldObject` a creation, without `object` a deletion. */
export interface CaseRequest {
  readonly object?: KubernetesObject;
  readonly oldObject?: KubernetesObject;
  /** Labels of the object's Namespace, besides its name. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly params: readonly KubernetesObject[];
}

/** `denied`: messages of the validations that fail, in their order. */
export type Expected =
  | { readonly verdict: 'allowed' }
  | { readonly verdict: 'denied'; readonly messages: readonly string[] }
  | { readonly verdict: 'unmatched' };

export function readCases(file: PolicyFile): {
  readonly cases: PolicyCases | undefined;
  readonly findings: readonly Finding[];
} {
  const { records, findings: unread } = readRecords(file, PolicyCasesFile, 'cases');
  if (records === undefined) return { cases: undefined, findings: unread };
  const findings = [...unread];
  // readRecords has judged the file by the definition that this type is made of.
  const head = records.value as PolicyCasesFile;
  const expansion = expandingOf(head, records);
  const cases = records.entries.flatMap((entry) => {
    const { name } = caseOf(entry);
    const made = caseFrom(entry, expansion);
    if (!('problem' in made)) return [{ name, origin: records.origin([...entry.path, 'name']), ...made }];
    findings.push({
      code: 'policy-case-invalid',
      severity: 'error',
      origin: records.origin(made.at),
      args: { case: name, problem: made.problem },
    });
    return [];
  });
  const origin = records.origin(['policy']);
  return { cases: { file: file.file, policy: head.policy, origin, cases }, findings };
}

interface Problem {
  readonly problem: string;
  readonly at: Path;
}

/** readRecords has judged each entry by the definition that this type is made of. */
const caseOf = ({ value }: RecordEntry): PolicyCase => value as PolicyCase;

interface Expansion {
  readonly head: PolicyCasesFile;
  readonly byName: ReadonlyMap<string, RecordEntry>;
}

function expandingOf(head: PolicyCasesFile, { entries }: Records): Expansion {
  const byName = new Map<string, RecordEntry>();
  for (const entry of entries) if (!byName.has(caseOf(entry).name)) byName.set(caseOf(entry).name, entry);
  return { head, byName };
}

function caseFrom(
  entry: RecordEntry,
  expansion: Expansion,
): { readonly request: CaseRequest; readonly expected: Expected } | Problem {
  const own = caseOf(entry);
  if (expansion.byName.get(own.name) !== entry)
    return { problem: 'another case has this name', at: [...entry.path, 'name'] };
  const expected = expectedOf(own, entry.path);
  if ('problem' in expected) return expected;
  const drawn = draw(entry, expansion, []);
  if ('problem' in drawn) return drawn;
  const { object = null, oldObject = null, namespace, params = [] } = drawn;
  if (object === null && oldObject === null)
    return { problem: 'it has neither object nor oldObject', at: entry.path };
  for (const [field, value] of Object.entries({ object, oldObject })) {
    if (value !== null && !isKubernetesObject(value))
      return { problem: `its ${field} has no apiVersion, kind or metadata.name`, at: entry.path };
  }
  const odd = params.findIndex((param) => !isKubernetesObject(param));
  if (odd >= 0)
    return {
      problem: `params[${odd}] has no apiVersion, kind or metadata.name`,
      at: [...entry.path, 'params'],
    };
  const request: CaseRequest = {
    ...(isKubernetesObject(object) && { object }),
    ...(isKubernetesObject(oldObject) && { oldObject }),
    namespaceLabels: namespace?.labels ?? {},
    params: params.filter(isKubernetesObject),
  };
  return { request, expected };
}

function expectedOf({ allowed, denied, matched }: PolicyCase, path: Path): Expected | Problem {
  const given = [allowed, denied, matched].filter((one) => one !== undefined).length;
  if (given !== 1) return { problem: 'it expects not one of allowed, denied and matched', at: path };
  if (denied !== undefined) return { verdict: 'denied', messages: denied };
  return { verdict: allowed === undefined ? 'unmatched' : 'allowed' };
}

/** Nobody can follow so many, and the stack has an end. */
const MOST_MODELS = 50;

type Drawn = Pick<PolicyCase, 'object' | 'oldObject' | 'namespace' | 'params'>;

/** A case as it stands after the one that it is like, the file's defaults before all. */
function draw(entry: RecordEntry, expansion: Expansion, before: readonly RecordEntry[]): Drawn | Problem {
  const own = caseOf(entry);
  const at: Path = [...entry.path, 'like'];
  if (before.includes(entry)) return { problem: 'it is like itself', at };
  if (before.length > MOST_MODELS)
    return { problem: `more than ${MOST_MODELS} cases are each like the next`, at };
  const model = own.like === undefined ? undefined : expansion.byName.get(own.like);
  if (own.like !== undefined && model === undefined)
    return { problem: `there is no case ${JSON.stringify(own.like)} that could be read`, at };
  const base = model === undefined ? expansion.head : draw(model, expansion, [...before, entry]);
  if ('problem' in base) return { ...base, at };
  const { object: baseObject, oldObject: baseOld, namespace: baseNamespace, params: baseParams } = base;
  const { object = baseObject, oldObject: givenOld = baseOld, setOld, removeOld } = own;
  const { namespace = baseNamespace, params = baseParams } = own;
  // What was, where only its difference is told, is what will be.
  const oldObject = (setOld ?? removeOld) === undefined ? givenOld : (givenOld ?? object);
  const now = changed(object, own.set, own.remove, [...entry.path, 'set'], [...entry.path, 'remove']);
  if ('problem' in now) return now;
  const then = changed(oldObject, setOld, removeOld, [...entry.path, 'setOld'], [...entry.path, 'removeOld']);
  if ('problem' in then) return then;
  return {
    ...(now.value !== undefined && { object: now.value }),
    ...(then.value !== undefined && { oldObject: then.value }),
    ...(namespace !== undefined && { namespace }),
    ...(params !== undefined && { params }),
  };
}

type Document = PolicyCase['object'];

/** First what is set, then what is removed. */
function changed(
  document: Document,
  set: PolicyCase['set'] = {},
  remove: readonly string[] = [],
  setPath: Path,
  removePath: Path,
): { readonly value: Document } | Problem {
  let value: unknown = document;
  const edits: readonly (readonly [Path, (from: unknown) => Edited])[] = [
    ...Object.entries(set).map(
      ([pointer, wanted]) =>
        [[...setPath, pointer], (from: unknown) => setAt(from, pointer, wanted)] as const,
    ),
    ...remove.map(
      (pointer, index) => [[...removePath, index], (from: unknown) => removeAt(from, pointer)] as const,
    ),
  ];
  for (const [at, edit] of edits) {
    if (!String(at.at(-1)).startsWith('/') && typeof at.at(-1) === 'string')
      return { problem: `${JSON.stringify(at.at(-1))} is no JSON pointer: it begins with /`, at };
    const made = edit(value);
    if ('problem' in made) return { problem: made.problem, at };
    value = made.value;
  }
  // Edits below the root keep a map a map; without edits it is what it was.
  return { value: value as Document };
}
