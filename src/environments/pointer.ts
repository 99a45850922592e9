import { token } from '#model/pointer.ts';

/** JSON pointers into an environment: https://www.rfc-editor.org/rfc/rfc6901 */

/** `/spec/queues` and `voyage-events` -> `/spec/queues/voyage-events`. */
export const within = (pointer: string, ...keys: readonly (string | number)[]): string =>
  keys.reduce<string>((path, key) => `${path}/${token(key)}`, pointer);

/** `/spec/queues` -> `['spec', 'queues']`; the root, `''`, has no keys. */
export const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
