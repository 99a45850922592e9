import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * AWS, as far as the documentation's commands and IAM's grammar go: moto (https://docs.getmoto.org), which
 * answers the command line of AWS on this machine. It refuses trusts and policies that IAM's grammar doesn't allow, and knows
 * what was made before; it does not judge who may do what. scripts/test-delivery.js installs both.
 */
const ENDPOINT = 'http://127.0.0.1:25000';

/** Sets the environment of this process, so that `aws` asks here. @returns What stops it. */
export async function startAws(account: string, region: string): Promise<() => void> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: ENDPOINT,
    AWS_ACCESS_KEY_ID: 'founder',
    AWS_SECRET_ACCESS_KEY: 'founder',
    AWS_DEFAULT_REGION: region,
    AWS_PAGER: '',
    MOTO_ACCOUNT_ID: account,
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  });
  const { hostname, port } = new URL(ENDPOINT);
  const server = spawn('moto_server', ['-H', hostname, '-p', port], { stdio: 'ignore' });
  let problem: unknown;
  server.on('error', (error) => {
    problem = error;
  });
  for (let left = 240; left > 0 && problem === undefined; left -= 1) {
    if (
      await fetch(`${ENDPOINT}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return () => server.kill();
    await pause(250);
  }
  server.kill();
  throw new Error(`What answers for AWS did not start: ${problem ?? 'nothing heard for a minute'}`);
}

/** @throws {Error} With what AWS said. */
export const aws = (...words: readonly string[]): string =>
  execFileSync('aws', words, { encoding: 'utf8' }).trim();
