import type { Finding } from '#model/finding.ts';
import { blameKey, blameValue, entriesOf, type MeaningCheck } from './meaning.ts';

/** A service that is reached from outside has a port, a load balancer, and an address that is its own. */
export const checkIngress: MeaningCheck = (meaning) => {
  const { ingress: settings, services } = meaning.environment.spec;
  const isDeclared = meaning.isDeclared('/spec/ingress');
  const takenBy = new Map<string, string>();
  return entriesOf('/spec/services', services).flatMap(({ name, entry, pointer }) => {
    if (entry.ingress === undefined) return [];
    const findings: Finding[] = [];
    const place = `${pointer}/ingress`;
    const { host, path } = entry.ingress;
    if (entry.port === undefined && !meaning.isDeclared(`${pointer}/port`)) {
      const args = { service: name, because: 'it has an ingress' };
      findings.push(blameKey(meaning, 'environment-no-port', place, args));
    }
    if (!isDeclared) {
      const args = { section: 'spec.ingress', because: 'a service has an ingress' };
      findings.push(blameKey(meaning, 'environment-needs-section', place, args));
    }
    if (settings !== undefined && !settings.domains.some((domain) => isWithin(host, domain))) {
      const args = { host, domains: settings.domains };
      findings.push(blameValue(meaning, 'environment-host-outside-domains', `${place}/host`, args));
    }
    const address = `${host} ${path}`;
    const service = takenBy.get(address);
    if (service === undefined) takenBy.set(address, name);
    else
      findings.push(blameValue(meaning, 'environment-host-taken', `${place}/host`, { host, path, service }));
    return findings;
  });
};

const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);
