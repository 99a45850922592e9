import { wrapping } from '../failure.ts';
import { decodeInput } from './decode.ts';
import type { Input, Template } from './input.ts';
import { inlinePatchSets } from './patch-sets.ts';
import { validateInput } from './validate.ts';

/** The function's input, decoded and found valid, with the patches of patch sets in their places. */
interface Understood {
  readonly input: Input;
  readonly templates: readonly Template[];
}

/** Many composites share one composition, whose input is understood once. */
const known = new WeakMap<object, Understood>();

/** Reads the input of a request; fails where it is none. */
export function understood(given: unknown): Understood {
  const isShared = typeof given === 'object' && given !== null;
  const before = isShared ? known.get(given) : undefined;
  if (before !== undefined) return before;
  const input = wrapping(
    'cannot get Function input: cannot get function input *v1beta1.Resources from *v1.RunFunctionRequest: cannot unmarshal JSON from *structpb.Struct into *v1beta1.Resources',
    () => decodeInput(given),
  );
  wrapping('invalid Function input', () => validateInput(input));
  const templates = wrapping('cannot resolve PatchSets', () => inlinePatchSets(input));
  if (isShared) known.set(given, { input, templates });
  return { input, templates };
}
