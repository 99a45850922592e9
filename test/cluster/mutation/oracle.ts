import { parse } from 'yaml';
import { update } from './kept.ts';
import { type Mutant, namespaceOf } from './mutants.ts';
import { isJsonObject, type Json, type JsonObject } from './places.ts';
import { type Answer, pathTo, type Server } from './server.ts';

/** What the API server says of a mutant: a dry run with strict validation of fields. */
export interface Ruling {
  /** `unjudged`: it depends on what else is in this cluster, or the server failed. */
  readonly verdict: 'accepted' | 'rejected' | 'unjudged';
  readonly message: string;
  /** The single objections, where it tells them apart. */
  readonly causes: readonly string[];
}

/** What other objects or the server's own settings decide: no validator of documents can know. */
const OF_THE_CLUSTER = [
  /no PriorityClass with name .* was found/,
  /^pods? .* is forbidden: .*RuntimeClass/,
  /RuntimeClass .* not found/,
  /provided port is already allocated|provided IP is already allocated/,
  /not in the valid range|The range of valid (IPs|ports) is/,
  /Operation cannot be fulfilled/,
  /the namespace of the provided object does not match/,
  /denied request|ValidatingAdmissionPolicy '/,
];

/** What the server calls a fault of its own, and is one of the document that is applied. */
const OF_THE_DOCUMENT = /failed to create typed patch object|failed to convert new object/;

/** Asks about all of them, several at a time; in their order. */
export async function rulings(server: Server, mutants: readonly Mutant[]): Promise<readonly Ruling[]> {
  const answers: Ruling[] = [];
  const pending = mutants.entries();
  const work = async () => {
    for (const [index, mutant] of pending) answers[index] = await ruling(server, mutant);
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return answers;
}

async function ruling(server: Server, mutant: Mutant): Promise<Ruling> {
  if (mutant.isUpdate) return rulingOn(await update(server, mutant));
  const object = mutant.object ?? parsed(mutant.text) ?? mutant.base;
  const { apiVersion, kind } = object;
  const resource = await server.resourceOf(String(apiVersion), String(kind));
  if (resource === undefined) return noKind(apiVersion, kind);
  const path = pathTo(resource, namespaceOf(object) ?? 'default');
  return rulingOn(
    await server.ask('POST', `${path}?dryRun=All&fieldValidation=Strict`, mutant.text, 'application/yaml'),
  );
}

/** A text as who sends it reads it, to know where to; nothing where it can't be read, which the server shall say. */
function parsed(text: string): JsonObject | undefined {
  try {
    const value: Json = parse(text, { version: '1.1', logLevel: 'silent' });
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const noKind = (apiVersion: unknown, kind: unknown): Ruling => {
  const message = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
  return { verdict: 'rejected', message, causes: [message] };
};

function rulingOn({ status, body }: Answer): Ruling {
  const message = String(body['message'] ?? '');
  const causes = isJsonObject(body['details']) ? body['details']['causes'] : undefined;
  const texts = (Array.isArray(causes) ? causes : [])
    .filter(isJsonObject)
    .map((cause) => `${cause['field'] ?? ''}: ${cause['message'] ?? ''}`);
  const ruled = { message, causes: texts.length > 0 ? texts : [message] };
  const { reason } = body;
  // It was validated, and only then found to be there already.
  if (status < 300 || reason === 'AlreadyExists') return { verdict: 'accepted', message: '', causes: [] };
  const isFault = status >= 500 && !OF_THE_DOCUMENT.test(message);
  const depends = status === 404 || isFault || OF_THE_CLUSTER.some((pattern) => pattern.test(message));
  return { verdict: depends ? 'unjudged' : 'rejected', ...ruled };
}
