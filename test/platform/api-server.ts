import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { type PlatformService, platformServices } from '#platform/catalogue.ts';
import type { Claim } from '#platform/claim.ts';
import { claimCrd, compositeCrd } from '#platform/crd.ts';

/**
 * The API server as the oracle: it takes the CRDs (structural schemas, cost of CEL) and the claims, and it refuses
 * what nothing behind them could do. Asked where PLIMSOLL_KUBECONFIG names the kubeconfig of a cluster that may be
 * written to.
 */
export const KUBECONFIG = process.env['PLIMSOLL_KUBECONFIG'] ?? '';

interface Answer {
  readonly ok: boolean;
  readonly message: string;
}

/** Kinds in a group of their own, so that nothing else in that cluster is touched. */
export function apiServer(name: string, kinds: readonly string[]) {
  const group = `${name}.platform.plimsoll.dev`;
  const namespace = `tideline-${name}-test`;
  const services = platformServices.filter(({ claimKind }) => kinds.includes(claimKind));
  const tested = (text: string) => text.replaceAll('platform.plimsoll.dev', group);
  const apply = (items: readonly object[], ...options: string[]) =>
    kubectl(
      tested(JSON.stringify({ apiVersion: 'v1', kind: 'List', items })),
      ...['apply', '--server-side', '--force-conflicts', '--validate=strict', ...options, '-f', '-'],
    );
  const document = ({ kind, name: claim, spec }: Claim) => ({
    apiVersion: 'platform.plimsoll.dev/v1alpha1',
    kind,
    metadata: { name: claim, namespace },
    spec,
  });
  return {
    /** Installs the kinds and applies claims, which must all be taken. */
    install(claims: readonly Claim[]): void {
      const crds = services.flatMap(({ xrd }) => [claimCrd(xrd()), compositeCrd(xrd())]);
      expectOk(apply(crds));
      apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
      const names = crds.map(({ metadata }) => `crd/${tested(metadata.name)}`);
      expectOk(kubectl('', 'wait', '--for=condition=Established', '--timeout=60s', ...names));
      kubectl('', 'delete', '--all', '-n', namespace, services.map((one) => plural(one, group)).join(','));
      expectOk(apply(claims.filter(({ kind }) => kinds.includes(kind)).map(document)));
    },
    /** Asks whether a claim may change so, without changing it. */
    change(kind: string, claim: string, spec: object): Answer {
      const service = services.find(({ claimKind }) => claimKind === kind) ?? expect.fail();
      return kubectl(
        '',
        ...['patch', plural(service, group), claim, '-n', namespace, '--type=merge', '--dry-run=server'],
        ...['-p', JSON.stringify({ spec })],
      );
    },
    /** Asks whether a new claim would be taken. */
    create: (claim: Claim): Answer => apply([document(claim)], '--dry-run=server'),
  };
}

const plural = (service: PlatformService, group: string): string => `${service.plural}.${group}`;

const expectOk = ({ ok, message }: Answer) => expect(ok, message).toBe(true);

function kubectl(input: string, ...parts: string[]): Answer {
  try {
    return {
      ok: true,
      message: execFileSync('kubectl', [`--kubeconfig=${KUBECONFIG}`, ...parts], {
        input,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    };
  } catch (error) {
    const message = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return { ok: false, message };
  }
}
