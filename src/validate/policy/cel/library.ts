import { createRequire } from 'node:module';
import type { CelInput, CelValue } from '@bufbuild/cel';
import type { Evaluate, Frame } from './frame.ts';
import { CelError } from './value.ts';

/**
 * Expressions that plain values are not enough for (time, bytes, doubles, types), judged by
 * `@bufbuild/cel`. Loading it costs more than judging a thousand documents without it, so it is loaded when the
 * first such expression is evaluated; `require` is what loads in the middle of a pure, synchronous evaluation.
 */
interface Library {
  readonly cel: typeof import('@bufbuild/cel');
  readonly environment: ReturnType<typeof import('@bufbuild/cel')['celEnv']>;
}

let loaded: Library | undefined;

function library(): Library {
  if (loaded !== undefined) return loaded;
  const load = createRequire(import.meta.url);
  // `require` is untyped; these are the modules that the type-only imports above describe.
  const cel = load('@bufbuild/cel') as Library['cel'];
  const { strings } = load('@bufbuild/cel/ext') as typeof import('@bufbuild/cel/ext');
  loaded = { cel, environment: cel.celEnv({ funcs: [...strings] }) };
  return loaded;
}

/** The caller has checked syntax, names and functions. What the library lacks is an error marked `unsupported`. */
export function libraryClosure(source: string, variables: readonly string[]): Evaluate {
  let program: ReturnType<Library['cel']['plan']> | undefined;
  return (frame) => {
    const { cel, environment } = library();
    try {
      program ??= cel.plan(environment, cel.parse(source));
    } catch (error) {
      return new CelError(error instanceof Error ? error.message : String(error), true);
    }
    const { object, oldObject, request, namespaceObject, params } = frame.roots;
    const failed: CelError[] = [];
    const result = program({
      object: toLibrary(object),
      oldObject: toLibrary(oldObject),
      request: toLibrary(request),
      namespaceObject: toLibrary(namespaceObject),
      params: toLibrary(params),
      variables: lazily(variables, frame, failed),
    });
    if (cel.isCelError(result)) return failed[0] ?? new CelError(result.message);
    return fromLibrary(result, cel);
  };
}

/** Only the variables that the expression touches are evaluated; one that fails fails the expression. */
function lazily(variables: readonly string[], frame: Frame, failed: CelError[]): Map<string, CelInput> {
  return new (class extends Map<string, CelInput> {
    override get(name: string): CelInput | undefined {
      const index = variables.lastIndexOf(name);
      if (index < 0) return undefined;
      const value = frame.variable(index);
      if (value instanceof CelError) {
        failed.push(value);
        throw new Error(value.message);
      }
      return toLibrary(value);
    }
  })();
}

const converted = new WeakMap<object, CelInput>();

/** A JavaScript number is a double to the library: whole ones become bigint, its `int`. */
function toLibrary(value: unknown): CelInput {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  const known = converted.get(value);
  if (known !== undefined) return known;
  const made: CelInput = Array.isArray(value)
    ? value.map(toLibrary)
    : new Map(
        Object.entries(value)
          .filter(([, member]) => member != null)
          .map(([key, member]) => [key, toLibrary(member)]),
      );
  converted.set(value, made);
  return made;
}

function fromLibrary(value: CelValue, cel: Library['cel']): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (cel.isCelUint(value)) return Number(value.value);
  if (cel.isCelList(value)) return [...value].map((item) => fromLibrary(item, cel));
  if (cel.isCelMap(value)) {
    const made: Record<string, unknown> = Object.create(null);
    for (const [key, member] of value) made[String(key)] = fromLibrary(member, cel);
    return made;
  }
  if (value === null || typeof value !== 'object') return value;
  return new CelError('a value of this type as the result of an expression', true);
}
