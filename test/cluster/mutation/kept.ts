import { APPLY, MANAGER } from './cluster.ts';
import { NAMESPACE, nameOf } from './corpus.ts';
import { type Mutant, namespaceOf } from './mutants.ts';
import { isJsonObject, type JsonObject } from './places.ts';
import { type Answer, pathTo, type Resource, type Server } from './server.ts';

/** What exists in the cluster, so that changes of it can be judged. */

/** Quotas and limits are apart: they would judge the others. */
export const KEPT = 'tideline-kept';
export const KEPT_LIMITS = 'tideline-kept-limits';

const keptNamespace = ({ kind }: JsonObject) =>
  kind === 'ResourceQuota' || kind === 'LimitRange' ? KEPT_LIMITS : KEPT;

/** Asks whether an object may become what a mutant says: a dry run, as whoever owns all of its fields. */
export async function update(server: Server, { base, object = base, text }: Mutant): Promise<Answer> {
  const resource = await server.resourceOf(String(base['apiVersion']), String(base['kind']));
  if (resource === undefined) return { status: 404, body: { message: 'its kind is gone' } };
  const body = namespaceOf(object) === NAMESPACE ? among(text, base) : text;
  return server.ask('PATCH', `${keptPath(resource, base)}?dryRun=All&${MANAGER}`, body, APPLY);
}

/** The text in the namespace of what is kept. */
const among = (text: string, base: JsonObject) =>
  text.replace(`"namespace":"${NAMESPACE}"`, `"namespace":"${keptNamespace(base)}"`);

const keptPath = (resource: Resource, base: JsonObject) =>
  pathTo(resource, keptNamespace(base), nameOf(base));

/** Makes what is to be changed. Throws what the server says where it does not take it. */
export async function keep(server: Server, documents: readonly JsonObject[]): Promise<void> {
  for (const document of documents) {
    const resource = await server.resourceOf(String(document['apiVersion']), String(document['kind']));
    if (resource === undefined) continue;
    const path = `${keptPath(resource, document)}?${MANAGER}`;
    const { status, body } = await server.ask(
      'PATCH',
      path,
      among(JSON.stringify(document), document),
      APPLY,
    );
    if (status >= 300) throw new Error(`${nameOf(document)}: ${body['message']}`);
    if (document['kind'] === 'PersistentVolumeClaim') await bind(server, keptPath(resource, document), body);
  }
}

/** A claim that is there has its volume, which a controller would see to: only then may it grow. */
async function bind(server: Server, path: string, claim: JsonObject): Promise<void> {
  const spec = isJsonObject(claim['spec']) ? claim['spec'] : {};
  const resources = isJsonObject(spec['resources']) ? spec['resources'] : {};
  const status = { phase: 'Bound', accessModes: spec['accessModes'], capacity: resources['requests'] };
  const body = JSON.stringify({ status });
  const answer = await server.ask('PATCH', `${path}/status`, body, 'application/merge-patch+json');
  if (answer.status >= 300) throw new Error(`${path}: ${answer.body['message']}`);
}

/** Deletes what was kept. Namespaces stay: only a controller could finish them. */
export async function release(server: Server, documents: readonly JsonObject[]): Promise<void> {
  for (const document of documents) {
    const resource = await server.resourceOf(String(document['apiVersion']), String(document['kind']));
    if (resource === undefined || document['kind'] === 'Namespace') continue;
    const path = keptPath(resource, document);
    const { status } = await server.ask('GET', path);
    if (status === 404) continue;
    const free = '{"metadata":{"finalizers":null}}';
    await server.ask('DELETE', `${path}?gracePeriodSeconds=0`);
    await server.ask('PATCH', path, free, 'application/merge-patch+json');
  }
}
