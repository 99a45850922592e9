import type { Checked, Finding } from '#model/finding.ts';
import type { Policy } from '../admission-policy.ts';
import type { Fields } from '../fields.ts';
import { isRecord, memberAt, type PolicyDocument } from '../policy-file.ts';
import { type LooseBinding, readBinding } from '../read-binding.ts';
import { readPolicy } from '../read-policy.ts';
import { DERIVED_FROM, derivedFrom } from './derive.ts';

/** Names of policies and bindings that are taken; those of what is made are added. */
export interface Taken {
  readonly policies: Set<string>;
  readonly bindings: Set<string>;
}

export interface TemplatePolicies extends Checked<readonly Policy[]> {
  readonly documents: readonly PolicyDocument[];
}

/** The policies that judge templates in the name of one on pods, compiled, and the documents that a cluster takes. */
export function templatePolicies(
  written: { readonly policy: PolicyDocument; readonly bindings: readonly LooseBinding[] },
  taken: Taken,
): TemplatePolicies {
  const findings: Finding[] = [];
  const fieldsOf = (document: PolicyDocument, name: string): Fields => ({
    document,
    name,
    findings,
    failed: false,
  });
  const name = nameOf(written.policy);
  const derived = derivedFrom(
    fieldsOf(written.policy, name),
    written.bindings.map((binding) => fieldsOf(binding.document, binding.name)),
  );
  const documents: PolicyDocument[] = [];
  const value: Policy[] = [];
  for (const { policy: document, bindings } of derived) {
    if (bindings.length === 0) continue;
    const own = [document, ...bindings];
    const duplicates = own.filter((one) => {
      const names = one === document ? taken.policies : taken.bindings;
      const isDuplicate = names.has(nameOf(one));
      names.add(nameOf(one));
      return isDuplicate;
    });
    for (const one of duplicates) {
      const kind = String(one.value['kind']);
      const origin = one.origin(['metadata', 'name']);
      findings.push({
        code: 'policy-duplicate',
        severity: 'error',
        origin,
        args: { kind, name: nameOf(one) },
      });
    }
    if (duplicates.length > 0) continue;
    documents.push(...own);
    const policy = readPolicy(fieldsOf(document, name));
    // Findings speak of the policy and the binding that somebody wrote.
    const read = bindings.flatMap((binding) => {
      const own = writtenName(binding);
      const made = readBinding(fieldsOf(binding, own));
      return made === undefined ? [] : [{ ...made, name: own }];
    });
    if (policy !== undefined) value.push({ ...policy, name, bindings: read, derivedAs: nameOf(document) });
  }
  return { value, findings, documents };
}

const writtenName = ({ value }: PolicyDocument): string => {
  const name = ['metadata', 'annotations', DERIVED_FROM].reduce<unknown>(memberAt, value);
  return typeof name === 'string' ? name : '';
};

const nameOf = ({ value }: PolicyDocument): string => {
  const { metadata } = value;
  const name = isRecord(metadata) ? memberAt(metadata, 'name') : undefined;
  return typeof name === 'string' ? name : '';
};
