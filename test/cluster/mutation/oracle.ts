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
  /only dynamically provisioned pvc can be resized/,
  /provided port is already allocated|provided IP is already allocated/,
  /not in the valid range|The range of valid (IPs|ports) is/,
  /Operation cannot be fulfilled/,
  /the namespace of the provided object does not match/,
  /denied request|ValidatingAdmissionPolicy '/,
];

/** Outside of these no cluster gives node ports, unless its administrator moved the range. */
const ALLOCATIONS = /The range of valid ports is 30000-32767/;

/** What the server calls a fault of its own, and is one of the document that is applied. */
const OF_THE_DOCUMENT = /failed to create typed patch object|failed to convert new object/;

/** Asks about all of them as new objects, several at a time; in their order. */
export async function rulings(server: Server, mutants: readonly Mutant[]): Promise<readonly Ruling[]> {
  const answers = await each(mutants, (mutant) => ruling(server, mutant));
  for (const [index, mutant] of mutants.entries()) {
    const answer = answers[index];
    if (answer?.verdict === 'accepted' && ALLOCATED.test(mutant.kind))
      answers[index] = await allocated(server, mutant);
  }
  return answers;
}

/**
 * Asks about those that are changes of what exists, whose verdicts as new objects are known. A change is right when the
 * cluster that has the former object takes it, and one that has not takes it too.
 */
export const changes = (
  server: Server,
  mutants: readonly Mutant[],
  created: readonly Ruling[],
): Promise<readonly Ruling[]> =>
  each(mutants, async (mutant, index) => {
    const asNew = created[index];
    if (!mutant.isUpdate && asNew !== undefined) return asNew;
    const changed = rulingOn(await update(server, mutant));
    return changed.verdict === 'accepted' && asNew?.verdict === 'rejected' ? asNew : changed;
  });

async function each(
  mutants: readonly Mutant[],
  ask: (mutant: Mutant, index: number) => Promise<Ruling>,
): Promise<Ruling[]> {
  const answers: Ruling[] = [];
  const pending = mutants.entries();
  const work = async () => {
    for (const [index, mutant] of pending) answers[index] = await ask(mutant, index);
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return answers;
}

/** Ports and addresses are allocated outside of dry runs only, which is when wrong ones are refused. */
const ALLOCATED = /^v1 Service$/;

/** Nobody is there to do what finalizers wait for. */
const UNFINISHED = '{"metadata":{"finalizers":null}}';

/** Creates an object in earnest, one at a time for they would take each other's ports, and deletes it again. */
async function allocated(server: Server, mutant: Mutant): Promise<Ruling> {
  const object = mutant.object ?? parsed(mutant.text) ?? mutant.base;
  const resource = await server.resourceOf(String(object['apiVersion']), String(object['kind']));
  if (resource === undefined) return noKind(object['apiVersion'], object['kind']);
  const path = pathTo(resource, namespaceOf(object) ?? 'default');
  const answer = await server.ask('POST', `${path}?fieldValidation=Strict`, mutant.text, 'application/yaml');
  const { name } = isJsonObject(answer.body['metadata']) ? answer.body['metadata'] : {};
  if (answer.status < 300 && typeof name === 'string') {
    await server.ask('DELETE', `${path}/${name}`);
    await server.ask('PATCH', `${path}/${name}`, UNFINISHED, 'application/merge-patch+json');
  }
  return rulingOn(answer, ALLOCATIONS);
}

async function ruling(server: Server, mutant: Mutant): Promise<Ruling> {
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

function rulingOn({ status, body }: Answer, ofTheDocument = OF_THE_DOCUMENT): Ruling {
  const message = String(body['message'] ?? '');
  const causes = isJsonObject(body['details']) ? body['details']['causes'] : undefined;
  const texts = (Array.isArray(causes) ? causes : [])
    .filter(isJsonObject)
    .map((cause) => `${cause['field'] ?? ''}: ${cause['message'] ?? ''}`);
  const ruled = { message, causes: texts.length > 0 ? texts : [message] };
  const { reason } = body;
  // It was validated, and only then found to be there already.
  if (status < 300 || reason === 'AlreadyExists') return { verdict: 'accepted', message: '', causes: [] };
  const isFault = status >= 500 && !ofTheDocument.test(message);
  const isSettled = ofTheDocument === ALLOCATIONS && ALLOCATIONS.test(message);
  const depends =
    !isSettled && (status === 404 || isFault || OF_THE_CLUSTER.some((pattern) => pattern.test(message)));
  return { verdict: depends ? 'unjudged' : 'rejected', ...ruled };
}
