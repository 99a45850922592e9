import { Type } from 'typebox';
import { cidr } from '#model/environment/scalars.ts';
import { atMost, type Rule } from './definition.ts';

/**
 * Address ranges, and what AWS says about them, in CEL:
 * https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-cidr-library
 */

const WELL_FORMED: readonly Rule[] = [
  {
    rule: 'isCIDR(self) && cidr(self) == cidr(self).masked()',
    message: 'An address range has no bits behind its prefix, as 10.20.0.0/16 has none.',
  },
];

/** An address range whose form CEL has checked, so that other rules can rely on it. */
export const range = (description: string) =>
  Type.With(atMost(cidr(description), 18), { 'x-kubernetes-validations': WELL_FORMED });

/** That a field is private, with a prefix in these bounds: https://www.rfc-editor.org/rfc/rfc1918 */
export const isPrivate = (field: string, shortest: number, longest: number): Rule => ({
  rule: `isCIDR(self.${field}) && cidr(self.${field}).prefixLength() >= ${shortest} && cidr(self.${field}).prefixLength() <= ${longest} && ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].exists(block, cidr(block).containsCIDR(self.${field}))`,
  message: `${field} is a private range of /${shortest} to /${longest}.`,
});

/** That two expressions, both texts of ranges, have no address in common. */
export const areApart = (one: string, other: string): string =>
  `!cidr(${one}).containsCIDR(${other}) && !cidr(${other}).containsCIDR(${one})`;
