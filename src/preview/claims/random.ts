/**
 * Stand-ins for what the cluster or AWS rolls dice for: names, uids, ids. The same seed always gives the same text, so
 * that two previews of one claim are equal; nothing here is random, and nothing is secret.
 */

/** So many characters of an alphabet, told by the seed (FNV-1a, then xorshift; not for security). */
export function dice(seed: string, alphabet: string, length: number): string {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++)
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  let text = '';
  for (let index = 0; index < length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // Zero is where xorshift stays forever.
    if (state === 0) state = 0x9e3779b9;
    text += alphabet[(state >>> 0) % alphabet.length] ?? '';
  }
  return text;
}

/** Of Kubernetes' generated names: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go */
const NAME_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789';
const LONGEST_NAME = 63;

/** `voyage-events` -> `voyage-events-x7k2p`, cut as the API server cuts what it appends to. */
export function generatedName(base: string, seed: string): string {
  const suffix = dice(seed, NAME_CHARACTERS, 5);
  return `${`${base}-`.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
}

export const HEX = '0123456789abcdef';

/** A uid in the form that the API server gives. */
export function uid(seed: string): string {
  const hex = dice(seed, HEX, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
