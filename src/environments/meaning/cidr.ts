import type { Finding } from '#model/finding.ts';
import { serviceRange } from '#model/service-range.ts';
import { contains, isRange, overlaps, parseRange, range } from './ipv4.ts';
import { blameValue, entriesOf, type Meaning, type MeaningCheck } from './meaning.ts';

/** https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(range);

/** Sizes of a VPC: larger AWS refuses, in smaller ones pods run out of addresses. */
const [LARGEST, SMALLEST] = [16, 20];

/** Every address range is one, and those that meet in the network don't overlap. */
export const checkCidrs: MeaningCheck = (meaning) => {
  const { network, atlas, cluster, ingress, services } = meaning.environment.spec;
  const written: readonly { readonly pointer: string; readonly value: string | undefined }[] = [
    { pointer: '/spec/network/cidr', value: network.cidr },
    { pointer: '/spec/atlas/cidr', value: atlas?.cidr },
    ...indexed('/spec/cluster/publicAccessCidrs', cluster.publicAccessCidrs),
    ...indexed('/spec/ingress/inboundCidrs', ingress?.inboundCidrs),
    ...entriesOf('/spec/services', services).flatMap(({ entry, pointer }) =>
      (entry.egress ?? []).map(({ cidr }, index) => ({
        pointer: `${pointer}/egress/${index}/cidr`,
        value: cidr,
      })),
    ),
  ];
  return [
    ...written.flatMap(({ pointer, value }) =>
      value === undefined ? [] : malformed(meaning, pointer, value),
    ),
    ...networkFindings(meaning),
    ...atlasFindings(meaning),
    ...openEndpoint(meaning),
  ];
};

const indexed = (pointer: string, values: readonly string[] | undefined) =>
  (values ?? []).map((value, index) => ({ pointer: `${pointer}/${index}`, value }));

function malformed(meaning: Meaning, pointer: string, value: string): readonly Finding[] {
  const parsed = parseRange(value);
  if (parsed === undefined || isRange(parsed)) return [];
  return [blameValue(meaning, 'environment-bad-cidr', pointer, { value, ...parsed })];
}

/** The VPC's range is private, of a useful size, and nobody else's. */
function networkFindings(meaning: Meaning): readonly Finding[] {
  const { network, atlas } = meaning.environment.spec;
  const pointer = '/spec/network/cidr';
  const vpc = parseRange(network.cidr);
  if (!isRange(vpc)) return [];
  const bad = (problem: string) => [
    blameValue(meaning, 'environment-bad-cidr', pointer, { value: network.cidr, problem }),
  ];
  // What somebody else made may be as small as AWS allows.
  const smallest = network.existing === undefined ? SMALLEST : 28;
  if (vpc.prefix < LARGEST || vpc.prefix > smallest) return bad(`a VPC is /${LARGEST} to /${smallest}`);
  if (!PRIVATE.some((block) => contains(block, vpc))) return bad('a VPC has private addresses');
  return atlas?.cidr === undefined
    ? []
    : overlapping(meaning, pointer, network.cidr, { other: atlas.cidr, otherUse: 'Atlas' });
}

/** What is kept free for Atlas is not what Services have: pods would find those instead. */
function atlasFindings(meaning: Meaning): readonly Finding[] {
  const { network, atlas } = meaning.environment.spec;
  if (atlas?.cidr === undefined) return [];
  const services = { other: serviceRange(network.cidr), otherUse: 'Services of the cluster' };
  return overlapping(meaning, '/spec/atlas/cidr', atlas.cidr, services);
}

function overlapping(
  meaning: Meaning,
  pointer: string,
  value: string,
  against: { readonly other: string; readonly otherUse: string },
): readonly Finding[] {
  const [one, other] = [parseRange(value), parseRange(against.other)];
  if (!isRange(one) || !isRange(other) || !overlaps(one, other)) return [];
  return [blameValue(meaning, 'environment-overlapping-cidr', pointer, { value, ...against })];
}

/** Shorter prefixes hold so much of the internet that a few of them hold all of it. */
const WIDEST = 8;

/** An API endpoint that the whole internet reaches is not restricted at all. */
function openEndpoint(meaning: Meaning): readonly Finding[] {
  const pointer = '/spec/cluster/publicAccessCidrs';
  return indexed(pointer, meaning.environment.spec.cluster.publicAccessCidrs).flatMap((entry) => {
    const parsed = parseRange(entry.value);
    if (!isRange(parsed) || parsed.prefix >= WIDEST) return [];
    const problem =
      parsed.prefix === 0
        ? 'the API endpoint would be open to the whole internet'
        : 'the API endpoint would be open to much of the internet';
    return [blameValue(meaning, 'environment-bad-cidr', entry.pointer, { value: entry.value, problem })];
  });
}
