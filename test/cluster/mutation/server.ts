import fs from 'node:fs';
import https from 'node:https';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from './places.ts';

/** A real API server, asked over kept-alive connections: hundreds of dry runs a second. */
export interface Server {
  readonly ask: (method: string, path: string, body?: string, type?: string) => Promise<Answer>;
  /** Where objects of a kind are created; undefined where the server has no such kind. */
  readonly resourceOf: (apiVersion: string, kind: string) => Promise<Resource | undefined>;
  readonly close: () => void;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

export interface Resource {
  readonly path: string;
  readonly isNamespaced: boolean;
}

const CONNECTIONS = 8;

/** The server that a kubeconfig of one cluster with a token names. */
export function connect(kubeconfig: string): Server {
  const { clusters, users } = parse(fs.readFileSync(kubeconfig, 'utf8'));
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster;
  const { token, 'client-certificate-data': certificate, 'client-key-data': key } = users[0].user;
  const decoded = (data: string | undefined) => data && Buffer.from(data, 'base64').toString();
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: CONNECTIONS,
    ca: decoded(authority),
    cert: decoded(certificate),
    key: decoded(key),
  });
  const once = (method: string, path: string, body?: string, type = 'application/json'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        Accept: 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
      };
      const request = https.request(new URL(path, server), { method, agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, body: objectOf(text) });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  // The server closes connections when it likes to, also just when one is used again.
  const ask: Server['ask'] = async (...request) => {
    let problem: unknown;
    for (let attempt = 0; attempt < 4; attempt++) {
      try {
        return await once(...request);
      } catch (error) {
        problem = error;
      }
    }
    return { status: 599, body: { message: String(problem) } };
  };
  const groups = new Map<string, Promise<JsonObject>>();
  const resourceOf: Server['resourceOf'] = async (apiVersion, kind) => {
    if (!/^([a-z0-9.-]+\/)?[a-z0-9]+$/.test(apiVersion)) return undefined;
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const asked = groups.get(base) ?? ask('GET', base).then(({ body }) => body);
    groups.set(base, asked);
    const { resources } = await asked;
    const found = (Array.isArray(resources) ? resources : [])
      .filter(isJsonObject)
      .find((one) => one['kind'] === kind && !String(one['name']).includes('/'));
    return found && { path: `${base}|${found['name']}`, isNamespaced: found['namespaced'] === true };
  };
  return { ask, resourceOf, close: () => agent.destroy() };
}

/** The path of a collection, or of one object in it. */
export function pathTo({ path, isNamespaced }: Resource, namespace: string, name?: string): string {
  const [base, plural] = path.split('|');
  const within = isNamespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${base}${within}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

function objectOf(text: string): JsonObject {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : { message: text };
  } catch {
    return { message: text };
  }
}
