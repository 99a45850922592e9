/** Amounts such as `500m` and `2Gi`, exactly: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */

const POWERS_OF_TEN: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const POWERS_OF_TWO: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
};
const FORM = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d{1,3}|[KMGTPE]i|[numkMGTPE]?)$/;

/** How many parts a whole one has here: nothing smaller is kept. */
const NANO = 1_000_000_000n;

/** An amount in billionths, rounded up as the API server does; undefined for what is no amount. */
export function amountOf(value: unknown): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' && text.length < 200 ? FORM.exec(text) : null;
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const digits = BigInt(`${whole}${fraction}` || '0');
  const two = POWERS_OF_TWO[suffix];
  const ten =
    two === undefined ? (/^[eE]./.test(suffix) ? Number(suffix.slice(1)) : (POWERS_OF_TEN[suffix] ?? 0)) : 0;
  const exponent = ten - fraction.length + 9;
  const units = two === undefined ? digits : digits << two;
  const amount = exponent >= 0 ? units * 10n ** BigInt(exponent) : roundedUp(units, 10n ** BigInt(-exponent));
  return sign === '-' ? -amount : amount;
}

const roundedUp = (amount: bigint, by: bigint): bigint => (amount + by - 1n) / by;

export const isWhole = (amount: bigint): boolean => amount % NANO === 0n;
