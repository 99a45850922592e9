import fs from 'node:fs';
import path from 'node:path';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { disk } from '#manifests/read/disk.ts';
import { readManifests } from '#manifests/read/read.ts';
import type { Checked, Finding } from '#model/finding.ts';
import type { RenderInput } from '#preview/render/composite.ts';
import { fieldOf, textOf } from '#preview/render/composition.ts';
import type { Arguments } from './arguments.ts';
import { UsageError } from './terminal.ts';

/** Reads what the arguments of `plimsoll render` name. Throws UsageError for arguments that can't be meant. */
export function readRenderInput(typed: Arguments, cwd: string): Checked<RenderInput> {
  const [composite, composition, functions, ...more] = typed.positionals;
  if (composite === undefined || composition === undefined || functions === undefined || more.length > 0) {
    throw new UsageError('render takes three files: a composite resource, its Composition, the Functions');
  }
  const context = readContext(typed, cwd);
  const one = readOne(composite, 'composite resource', cwd);
  const two = readOne(composition, 'Composition', cwd);
  const all = readAll(functions, cwd);
  const observed = typed.list('observed-resources').map((file) => readAll(file, cwd));
  const available = [...typed.list('required-resources'), ...typed.list('extra-resources')].map((file) =>
    readAll(file, cwd),
  );
  const credentials = typed.list('function-credentials').map((file) => readAll(file, cwd));
  const targets = readTargets(typed);
  const read = [one, two, all, ...observed, ...available, ...credentials];
  const findings = read.flatMap((reading) => reading.findings);
  if (
    one.value === undefined ||
    two.value === undefined ||
    findings.some(({ severity }) => severity === 'error')
  ) {
    return { value: undefined, findings };
  }
  const installed = all.value.map((object) => {
    const { name } = object.metadata;
    const target = targets.get(name) ?? developmentTarget(object);
    const known = { name, package: textOf(fieldOf(object, 'spec'), 'package') };
    return target === undefined ? known : { ...known, target };
  });
  for (const name of targets.keys()) {
    if (installed.some((each) => each.name === name)) continue;
    throw new UsageError(`--function ${name}: there is no such Function in ${functions}`);
  }
  return {
    value: {
      composite: one.value,
      composition: two.value,
      functions: installed,
      observed: observed.flatMap(({ value }) => value),
      available: available.flatMap(({ value }) => value),
      credentials: credentials.flatMap(({ value }) => value),
      context,
    },
    findings,
  };
}

/** Functions that run elsewhere, by name. */
function readTargets(typed: Arguments): ReadonlyMap<string, string> {
  return new Map(
    typed.list('function').map((text) => {
      const [, name, target] = /^([^=]+)=(\S+:\d{1,5})$/.exec(text) ?? [];
      if (name === undefined || target === undefined)
        throw new UsageError(`--function takes NAME=HOST:PORT, not ${JSON.stringify(text)}`);
      return [name, target] as const;
    }),
  );
}

/**
 * Where an annotated Function runs during its development:
 * https://docs.crossplane.io/latest/cli/command-reference/#render
 */
function developmentTarget({ metadata }: KubernetesObject): string | undefined {
  const annotations = metadata.annotations ?? {};
  if (annotations['render.crossplane.io/runtime'] !== 'Development') return undefined;
  return annotations['render.crossplane.io/runtime-development-target'] ?? 'localhost:9443';
}

interface Objects {
  readonly value: readonly KubernetesObject[];
  readonly findings: readonly Finding[];
}

function readAll(file: string, cwd: string): Objects {
  const { value = [], findings } = readManifests([path.resolve(cwd, file)], disk);
  return { value: value.map(({ object }) => object), findings };
}

function readOne(file: string, role: string, cwd: string): Checked<KubernetesObject> {
  const { value, findings } = readAll(file, cwd);
  const [object] = value;
  if (value.length === 1 || object === undefined) return { value: object, findings };
  const args = { role, expected: 'one object', found: `${value.length} in ${file}` };
  return { value: undefined, findings: [...findings, { code: 'render-input', severity: 'error', args }] };
}

/** `KEY=FILE` with JSON in the file, `KEY=VALUE` with JSON as it stands; values win. */
function readContext(typed: Arguments, cwd: string): Record<string, unknown> {
  const context = Object.create(null) as Record<string, unknown>;
  for (const text of typed.list('context-files')) {
    const { key, value } = pair('context-files', text);
    context[key] = parsed('context-files', key, readText(path.resolve(cwd, value), value));
  }
  for (const text of (typed.value('context-values') ?? '').split(';').filter((part) => part !== '')) {
    const { key, value } = pair('context-values', text);
    context[key] = parsed('context-values', key, value);
  }
  return context;
}

function pair(option: string, text: string): { readonly key: string; readonly value: string } {
  const at = text.indexOf('=');
  if (at > 0) return { key: text.slice(0, at), value: text.slice(at + 1) };
  throw new UsageError(
    `--${option} takes KEY=${option === 'context-files' ? 'FILE' : 'JSON'}, not ${JSON.stringify(text)}`,
  );
}

function parsed(option: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`--${option} ${key} is no JSON: ${error.message}`);
  }
}

function readText(file: string, name: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}
