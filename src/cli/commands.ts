import type { Options } from './arguments.ts';
import type { Command } from './command.ts';

/** Every command of plimsoll, in the order of the help. */

const reporting: Options = {
  report: {
    value: 'FORMAT=FILE',
    many: true,
    description:
      'also write a report: html, markdown, sarif, junit, code-quality, github, policy-report, svg, json, ledger; several with commas; - for standard output',
  },
};

const fresh: Options = {
  fresh: { description: 'judge all as new: what dist/ holds was never applied to a cluster' },
};

const based: Options = {
  base: {
    value: 'BASE',
    description: 'judge changes and deletions against this: a git revision, or a folder',
  },
};

const passing: Options = {
  baseline: {
    value: 'FILE',
    description: 'let pass what this file lists (default: policies/baseline.yaml, if there is one)',
  },
  'write-baseline': {
    description: 'write what is found into the baseline; from one that is there only remove',
  },
};

const checking: Options = {
  engine: { value: 'NAME', description: 'who checks schemas: embedded (default) or kubeconform' },
  checks: {
    value: 'NAME,...',
    description: 'run only these checks: schema, cel, builtin, composition, graph, policy',
  },
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
      ...fresh,
      ...based,
      ...passing,
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
      ...based,
      ...passing,
      ...checking,
    },
    load: async () => (await import('./validate.ts')).validateManifests,
  },
  preview: {
    summary: 'what Crossplane will create from the claims of environment files',
    positionals: '[environment...]',
    options: {
      format: { value: 'FORMAT', description: 'text (default): a tree; yaml: the managed resources' },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      output: { value: 'FOLDER', description: 'also write the managed resources, beside their claims' },
      ...fresh,
      ...checking,
    },
    load: async () => (await import('./preview.ts')).preview,
  },
  'policy test': {
    summary: 'runs the cases beside the policies, and tells what none of them shows',
    positionals: '[path or policy...]',
    options: {
      schemas: { value: 'FOLDER', description: "your own CustomResourceDefinitions, beside plimsoll's" },
      ...reporting,
    },
    load: async () => (await import('./policy-test.ts')).testPolicyCases,
  },
  diff: {
    summary: 'what a change will do in Kubernetes, AWS and Atlas, by the lines that were edited',
    positionals: '[environment...]',
    options: {
      base: { value: 'BASE', description: 'compare with this: a git revision, or a folder' },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      output: { value: 'FOLDER', description: 'where the base has its manifests (default: dist)' },
      ...checking,
    },
    load: async () => (await import('./diff.ts')).diff,
  },
  compare: {
    summary: 'where environments differ, with the lines that say so',
    positionals: 'ENVIRONMENT ENVIRONMENT...',
    options: {
      format: { value: 'FORMAT', description: 'text (default), markdown or json' },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
    },
    load: async () => (await import('./compare.ts')).compareEnvironments,
  },
  promote: {
    summary: 'the images that run in one environment come to another, by an edit of its file',
    positionals: 'FROM TO [SERVICE or SERVICE@sha256:DIGEST...]',
    options: {
      'dry-run': { description: 'write nothing; show what would be written' },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      output: { value: 'FOLDER', description: 'where the manifests are (default: dist)' },
      ...checking,
    },
    load: async () => (await import('./promote.ts')).promote,
  },
  rollback: {
    summary: 'an environment, or a part of it, says again what it said, by an edit of its file',
    positionals: 'ENVIRONMENT [SERVICE or SECTION/NAME...]',
    options: {
      to: { value: 'REVISION', description: 'when it said that: a git revision, or a folder' },
      'dry-run': { description: 'write nothing; show what would be written' },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      output: { value: 'FOLDER', description: 'where the manifests are (default: dist)' },
      ...checking,
    },
    load: async () => (await import('./rollback.ts')).rollback,
  },
  rehearse: {
    summary:
      'what breaks in the environments with another Kubernetes, or with other definitions, before the upgrade',
    positionals: '[environment...]',
    options: {
      kubernetes: { value: 'VERSION', description: 'judge as this Kubernetes minor would' },
      provider: {
        value: 'FOLDER',
        many: true,
        description: 'judge by these CustomResourceDefinitions, as a newer provider brings them',
      },
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      ...checking,
    },
    load: async () => (await import('./rehearse.ts')).rehearse,
  },
  'charts outdated': {
    summary: 'newer versions of the charts that environments use, as their repositories list them',
    options: {
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      ...reporting,
    },
    load: async () => (await import('./charts/charts-outdated.ts')).chartsOutdated,
  },
  'charts vendor': {
    summary: 'puts the charts with render: true into charts/, and locks their bytes',
    options: {
      environments: {
        value: 'FOLDER',
        description: 'where the environment files are (default: environments)',
      },
      cache: { description: "put downloads into the user's cache: only charts/lock.json is committed" },
    },
    load: async () => (await import('./charts/charts-vendor.ts')).chartsVendor,
  },
  publish: {
    summary: 'puts the Markdown report on the pull or merge request: one comment, updated in place',
    positionals: 'github|gitlab',
    options: {
      comment: { value: 'FILE', description: 'the report, as --report markdown=FILE wrote it' },
      project: { value: 'PROJECT', description: "OWNER/NAME, or GitLab's number (default: as the CI says)" },
      request: { value: 'NUMBER', description: 'the pull or merge request (default: as the CI says)' },
      api: { value: 'URL', description: 'the address of the API (default: as the CI says)' },
      timeout: { value: 'TIME', description: 'how long all of it may take (default: 2m)' },
    },
    load: async () => (await import('./publish.ts')).publish,
  },
  explain: {
    summary: 'what a code of a finding means, why it matters, how to mend it',
    positionals: '[CODE...]',
    options: {},
    load: async () => (await import('./explain.ts')).explain,
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
  render: {
    summary: 'what Crossplane makes of a composite resource, printed as `crossplane render` does',
    positionals: 'XR COMPOSITION FUNCTIONS',
    options: {
      function: {
        value: 'NAME=HOST:PORT',
        many: true,
        description: 'call this function where it runs (without TLS), be it built in or not',
      },
      'observed-resources': {
        value: 'PATH',
        short: 'o',
        many: true,
        description: 'resources that exist, annotated with their names in the Composition',
      },
      'required-resources': {
        value: 'PATH',
        short: 'e',
        many: true,
        description: 'resources that functions may ask for',
      },
      'extra-resources': { value: 'PATH', many: true, description: 'the same, by its old name' },
      'function-credentials': {
        value: 'PATH',
        many: true,
        description: 'Secrets that steps name as credentials of their functions',
      },
      'context-files': {
        value: 'KEY=FILE',
        many: true,
        description: 'context for the functions: files of JSON by key',
      },
      'context-values': { value: 'KEY=JSON', description: 'the same, in place; several with semicolons' },
      'include-full-xr': { short: 'x', description: "print the composite's metadata and spec too" },
      'include-function-results': { short: 'r', description: 'print what the functions said' },
      'include-context': { short: 'c', description: 'print the context that the last function left' },
      timeout: { value: 'TIME', description: 'how long a called function may take (default: 1m)' },
    },
    load: async () => (await import('./render.ts')).render,
  },
};
