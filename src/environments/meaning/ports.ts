import { blameKey, entriesOf, type MeaningCheck } from './meaning.ts';

/** Who is asked for its health has a port to be asked at. */
export const checkPorts: MeaningCheck = (meaning) =>
  entriesOf('/spec/services', meaning.environment.spec.services).flatMap(({ name, entry, pointer }) => {
    const isAsked = entry.health !== undefined && entry.health.port === undefined;
    if (!isAsked || entry.port !== undefined) return [];
    if (meaning.isDeclared(`${pointer}/port`) || meaning.isDeclared(`${pointer}/health/port`)) return [];
    const args = { service: name, because: 'it has a health check' };
    return [blameKey(meaning, 'environment-no-port', `${pointer}/health`, args)];
  });
