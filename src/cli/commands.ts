import type { Options } from './arguments.ts';
import type { Command } from './command.ts';

/** Every command of plimsoll, in the order of the help. */

const reporting: Options = {
  report: {
    value: 'FORMAT=FILE',
    many: true,
    description: 'also write a report: json, markdown; several with commas; - for standard output',
  },
};

const checking: Options = {
  engine: { value: 'NAME', description: 'who checks schemas: embedded (default) or kubeconform' },
  checks: { value: 'NAME,...', description: 'run only these checks: schema, graph, policy' },
  'skip-checks': { value: 'NAME,...', description: 'run all checks but these' },
  policies: { value: 'NAME,...', description: 'judge by these policies only' },
  schemas: { value: 'FOLDER', description: "your own CustomResourceDefinitions, beside plimsoll's" },
  'no-cache': { description: 'judge everything anew' },
  ...reporting,
};

export const commands: Readonly<Record<string, Command>> = {
  synth: {
    summary: 'environment files -> checked manifests in dist/',
    positionals: '[environment...]',
    options: {
      check: { description: 'write nothing; prove that dist/ is what the environment files say' },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      output: { value: 'FOLDER', description: 'where the manifests go (default: dist)' },
      ...checking,
    },
    load: async () => (await import('./synth.ts')).synth,
  },
  validate: {
    summary: 'checks any manifests: files, folders, - for standard input',
    positionals: '[path...]',
    options: {
      'kubernetes-version': {
        value: 'VERSION',
        description: 'judge as this Kubernetes minor would (default: 1.34)',
      },
      ...checking,
    },
    load: async () => (await import('./validate.ts')).validateManifests,
  },
  import: {
    summary: 'regenerates imports/ from the pinned sources',
    options: {
      mirror: {
        value: 'FOLDER',
        description: 'take the sources from this folder, not from the network (or PLIMSOLL_MIRROR)',
      },
      check: { description: 'write nothing; prove that imports/ is what the lock file says' },
      pin: { description: 'accept the sources as they are now, and take their sums into the lock file' },
    },
    load: async () => (await import('./import.ts')).importSources,
  },
};
