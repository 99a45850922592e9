/** Which pull or merge request a run belongs to: from options first, then from what the CI system tells of itself. */

/** Options of the command line; they win. */
export interface Given {
  readonly project: string | undefined;
  readonly request: string | undefined;
  readonly api: string | undefined;
}

/** The head of a pull request, by which its number is looked up. */
export interface Head {
  readonly owner: string;
  readonly branch: string;
  readonly commit: string;
}

export type Target =
  | { readonly kind: 'request'; readonly api: URL; readonly project: string; readonly request: number }
  | { readonly kind: 'head'; readonly api: URL; readonly project: string; readonly head: Head }
  /** A run that belongs to none, such as that of a push: there is nothing to do. */
  | { readonly kind: 'none'; readonly reason: string }
  /** Not to be known: told as wrong usage. */
  | { readonly kind: 'unknown'; readonly reason: string };

type Environment = Readonly<Record<string, string | undefined>>;

const unknown = (reason: string): Target => ({ kind: 'unknown', reason });

/**
 * GitHub: https://docs.github.com/en/actions/reference/workflows-and-actions/variables. `event` is what lies at
 * GITHUB_EVENT_PATH.
 *
 * A run by `workflow_run`, which has a token where the run that it follows has none, takes the request from the event,
 * which GitHub wrote, and never from an artifact, which a stranger's change may have written.
 */
export function githubTarget(env: Environment, event: unknown, given: Given): Target {
  const api = apiOf(given.api ?? filled(env['GITHUB_API_URL']) ?? 'https://api.github.com');
  if (api === undefined) return unknown('the address of the API (--api, GITHUB_API_URL) is no http(s) URL');
  const project = given.project ?? filled(env['GITHUB_REPOSITORY']);
  if (project === undefined)
    return unknown('which repository? GITHUB_REPOSITORY is not set; give --project OWNER/NAME');
  if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(project))
    return unknown(`a repository is OWNER/NAME, not ${JSON.stringify(project)}`);
  if (given.request !== undefined) return requested(api, project, given.request);
  const run = at(event, 'workflow_run');
  if (run !== undefined) return ofWorkflowRun(api, project, run);
  const number =
    at(at(event, 'pull_request'), 'number') ?? /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1];
  if (number !== undefined) return requested(api, project, String(number));
  const name = filled(env['GITHUB_EVENT_NAME']);
  if (name === undefined)
    return unknown('which pull request? This is no run of GitHub Actions; give --request NUMBER');
  return { kind: 'none', reason: `this run (${name}) belongs to no pull request` };
}

function ofWorkflowRun(api: URL, project: string, run: unknown): Target {
  const event = at(run, 'event');
  if (event !== 'pull_request')
    return {
      kind: 'none',
      reason: `the run that this one follows (${String(event)}) belongs to no pull request`,
    };
  const owner = at(at(at(run, 'head_repository'), 'owner'), 'login');
  const branch = at(run, 'head_branch');
  const commit = at(run, 'head_sha');
  if (typeof owner !== 'string' || typeof branch !== 'string' || typeof commit !== 'string')
    return unknown('the event at GITHUB_EVENT_PATH does not tell the head of the run that this one follows');
  return { kind: 'head', api, project, head: { owner, branch, commit } };
}

/** GitLab: https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabTarget(env: Environment, given: Given): Target {
  const server = filled(env['CI_SERVER_URL']);
  const api = apiOf(
    given.api ??
      filled(env['CI_API_V4_URL']) ??
      (server === undefined ? 'https://gitlab.com/api/v4' : `${server}/api/v4`),
  );
  if (api === undefined || !/\/api\/v4$/.test(api.pathname))
    return unknown('the address of the API (--api, CI_API_V4_URL) is no http(s) URL that ends with /api/v4');
  // Of the request first: the pipeline of a fork runs in the fork.
  const project = given.project ?? filled(env['CI_MERGE_REQUEST_PROJECT_ID']) ?? filled(env['CI_PROJECT_ID']);
  if (project === undefined)
    return unknown('which project? CI_PROJECT_ID is not set; give --project ID or GROUP/NAME');
  const request = given.request ?? filled(env['CI_MERGE_REQUEST_IID']);
  if (request !== undefined) return requested(api, project, request);
  const source = filled(env['CI_PIPELINE_SOURCE']);
  if (source === undefined)
    return unknown('which merge request? This is no pipeline of GitLab; give --request NUMBER');
  return { kind: 'none', reason: `this pipeline (${source}) belongs to no merge request` };
}

function requested(api: URL, project: string, request: string): Target {
  if (!/^[1-9]\d{0,11}$/.test(request))
    return unknown(`the number of a request is a whole number, not ${JSON.stringify(request)}`);
  return { kind: 'request', api, project, request: Number(request) };
}

function apiOf(text: string): URL | undefined {
  const trimmed = text.replace(/\/+$/, '');
  if (!URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return /^https?:$/.test(url.protocol) && isPlain ? url : undefined;
}

/** CI systems set variables that have no value to nothing. */
const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** A field of JSON that nobody vouches for. */
function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
