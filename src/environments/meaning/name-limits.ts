import type { Finding } from '#model/finding.ts';
import {
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  EXTERNAL_DNS_NAMESPACE,
  EXTERNAL_SECRETS_NAMESPACE,
  PLIMSOLL_NAMESPACE,
} from '#model/names.ts';
import { derivedNames } from './derived-names.ts';
import { blameKey, blameValue, type MeaningCheck } from './meaning.ts';

/** Namespaces that belong to somebody else: the product's services run in a namespace of its name. */
const RESERVED = /^(default|kube-.*)$/;

const PLATFORM: readonly string[] = [
  ARGOCD_NAMESPACE,
  CROSSPLANE_NAMESPACE,
  EXTERNAL_DNS_NAMESPACE,
  EXTERNAL_SECRETS_NAMESPACE,
  PLIMSOLL_NAMESPACE,
];

/** Derived names that AWS and Atlas take. */
export const checkNames: MeaningCheck = (meaning) => {
  const { product } = meaning.environment.spec;
  const findings: Finding[] = [];
  if (PLATFORM.includes(product) || RESERVED.test(product)) {
    findings.push(blameValue(meaning, 'environment-reserved-product', '/spec/product', { name: product }));
  }
  for (const { rule, name, pointer } of derivedNames(meaning)) {
    const { what, longest, form, expected } = rule;
    const over = name.length - longest;
    if (over > 0) {
      const args = { what, name, limit: longest, over };
      findings.push(blameKey(meaning, 'environment-derived-name', pointer, args));
    } else if (!form.test(name)) {
      findings.push(blameKey(meaning, 'environment-derived-name-form', pointer, { what, name, expected }));
    }
  }
  return findings;
};
