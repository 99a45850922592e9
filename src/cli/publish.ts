import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PublishFailure } from '#publish/failure.ts';
import type { Forge } from '#publish/forge.ts';
import { opensWith } from '#publish/plan.ts';
import { type Pace, type Published, persistently, publishComment } from '#publish/publish.ts';
import { type Given, githubTarget, gitlabTarget, type Target } from '#publish/target.ts';
import { MARKER } from '#report/markdown.ts';
import { printable, shortened } from '#report/printable.ts';
import type { Arguments } from './arguments.ts';
import { CLEAN, COULD_NOT_CHECK, type ExitCode, type Terminal, UsageError } from './terminal.ts';
import { timeOf } from './time-of.ts';

/**
 * `plimsoll publish github|gitlab --comment FILE`: one comment with the report on the pull or merge request.
 *
 * Exit codes: 0 the comment is there, or the run belongs to no request; 2 it could not be published. The token comes from
 * the environment, goes to the API's own server only, and is never printed.
 */
export async function publish(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const platform = platformOf(typed);
  const timeout = timeOf(typed, '2m');
  const report = reportOf(typed, terminal);
  const given: Given = {
    project: typed.value('project'),
    request: typed.value('request'),
    api: typed.value('api'),
  };
  const target =
    platform === 'github'
      ? githubTarget(terminal.env, eventOf(terminal), given)
      : gitlabTarget(terminal.env, given);
  if (target.kind === 'unknown') throw new UsageError(target.reason);
  if (target.kind === 'none') {
    terminal.out(`Nothing to comment on: ${printable(target.reason)}.\n`);
    return CLEAN;
  }
  const token = tokenOf(platform, terminal);
  const end = terminal.now() + timeout;
  const pace: Pace = { second: 1000, left: () => end - terminal.now(), pause };
  try {
    const forge = await forgeOf(platform, target, token, pace);
    if (forge === undefined) {
      terminal.out('Nothing to comment on: there is no open pull request with this head any more.\n');
      return CLEAN;
    }
    terminal.out(`${told(forge, await publishComment(forge, MARKER, report, pace))}\n`);
    return CLEAN;
  } catch (error) {
    // Whatever fails, defects included, may hold the request, and with it the token: only its words are told.
    const reason = error instanceof Error ? error.message : String(error);
    const isNetwork = error instanceof PublishFailure && error.status === undefined;
    const words = shortened(printable(withoutToken(reason, token)), LONGEST);
    terminal.err(`plimsoll: could not publish: ${words}${isNetwork ? proxyHint(terminal) : ''}\n`);
    return COULD_NOT_CHECK;
  }
}

type Platform = 'github' | 'gitlab';
type Reached = Extract<Target, { kind: 'request' | 'head' }>;

const LONGEST = 500;

function platformOf({ positionals: [platform, ...rest] }: Arguments): Platform {
  if ((platform === 'github' || platform === 'gitlab') && rest.length === 0) return platform;
  throw new UsageError('publish takes one platform: github or gitlab');
}

/** A report of plimsoll, and nothing else that may lie under this name: a link could lead to any file. */
function reportOf(typed: Arguments, { cwd }: Terminal): string {
  const name = typed.value('comment');
  if (name === undefined)
    throw new UsageError('publish needs --comment: the file that --report markdown=FILE wrote');
  const file = path.resolve(cwd, name);
  const found = fs.lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`the report ${name} is not there`);
  if (!found.isFile()) throw new UsageError(`the report ${name} is no regular file`);
  if (found.size > MOST_BYTES) throw new UsageError(`the report ${name} is too large: ${found.size} bytes`);
  const text = fs.readFileSync(file, 'utf8');
  if (opensWith(text, MARKER)) return text;
  throw new UsageError(`${name} is no report of plimsoll: its first line is not ${MARKER}`);
}

/** More than any platform takes; what one takes is told by its own limit. */
const MOST_BYTES = 8 * 2 ** 20;

function eventOf({ env, cwd }: Terminal): unknown {
  const file = env['GITHUB_EVENT_PATH'];
  if (file === undefined || file === '') return undefined;
  try {
    return JSON.parse(fs.readFileSync(path.resolve(cwd, file), 'utf8'));
  } catch {
    throw new UsageError('the event at GITHUB_EVENT_PATH can not be read as JSON');
  }
}

const TOKENS: Readonly<Record<Platform, readonly string[]>> = {
  github: ['PLIMSOLL_TOKEN', 'GITHUB_TOKEN'],
  gitlab: ['PLIMSOLL_TOKEN', 'GITLAB_TOKEN'],
};

function tokenOf(platform: Platform, { env }: Terminal): string {
  const name = TOKENS[platform].find((one) => (env[one] ?? '').trim() !== '');
  if (name === undefined)
    throw new UsageError(`there is no token: set ${TOKENS[platform].join(' or ')} in the environment`);
  const token = (env[name] ?? '').trim();
  // What can't be a header would be told by Node, the token with it.
  if (/^[\x21-\x7e]{1,4096}$/.test(token)) return token;
  throw new UsageError(`what ${name} holds is no token`);
}

async function forgeOf(
  platform: Platform,
  target: Reached,
  token: string,
  pace: Pace,
): Promise<Forge | undefined> {
  const { api, project } = target;
  if (platform === 'gitlab') {
    if (target.kind !== 'request') return undefined;
    return (await import('#publish/gitlab.ts')).gitlabForge(api, token, project, target.request, pace);
  }
  const { githubClient, githubForge, githubRequestOf } = await import('#publish/github.ts');
  const client = githubClient(api, token, pace);
  const request =
    target.kind === 'request'
      ? target.request
      : await persistently(() => githubRequestOf(client, project, target.head), pace);
  return request === undefined ? undefined : githubForge(client, project, request);
}

function told(forge: Forge, { did, comment, removed }: Published): string {
  const place = printable(comment?.url ?? forge.shown);
  const rest = removed === 0 ? '' : `, and ${removed} older deleted`;
  return `The comment was ${did}${rest}: ${place}`;
}

/** A server may repeat what it was sent. */
function withoutToken(text: string, token: string): string {
  return [token, encodeURIComponent(token), Buffer.from(token).toString('base64')].reduce(
    (rest, secret) => rest.replaceAll(secret, '***'),
    text,
  );
}

/** Node reads the variables of proxies only where it is told to: https://nodejs.org/api/cli.html#node_use_env_proxy1 */
function proxyHint({ env }: Terminal): string {
  const isSet = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
    (name) => (env[name] ?? '') !== '',
  );
  const isTold =
    env['NODE_USE_ENV_PROXY'] === '1' || env['NODE_OPTIONS']?.includes('--use-env-proxy') === true;
  return isSet && !isTold
    ? ' (a proxy is set, which Node uses only with NODE_USE_ENV_PROXY=1, from Node 22.21 or 24.0 on)'
    : '';
}
