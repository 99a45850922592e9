import { at, entries, type Field, isGiven, items, textOf } from '../builtin/field.ts';
import { type Document, type Documents, hasInSpec } from './documents.ts';

/** A Secret that the documents make, by themselves or through a controller. */
export interface MadeSecret {
  readonly document: Document;
  /** Where its name is written. */
  readonly field: Field;
  readonly namespace: string;
  readonly name: string;
  /** Undefined where that can't be told. */
  readonly keys?: readonly string[];
  /** Whether it may add to a Secret that somebody else makes. */
  readonly merges?: boolean;
}

export interface Secrets {
  readonly all: readonly MadeSecret[];
  readonly find: (namespace: string, name: string) => MadeSecret | undefined;
  readonly names: (namespace: string) => readonly string[];
}

type Maker = (document: Document, documents: Documents) => readonly Made[];

interface Made {
  readonly field: Field;
  readonly name?: string;
  readonly namespace?: string;
  readonly keys?: readonly string[] | undefined;
  readonly merges?: boolean;
}

export function secretsOf(documents: Documents): Secrets {
  const all: MadeSecret[] = [];
  const add = (document: Document, { field, name = textOf(field), namespace, keys, merges }: Made) => {
    if (name === '') return;
    const home = namespace ?? document.namespace;
    all.push({
      ...{ document, field, name, namespace: home },
      ...(keys && { keys }),
      ...(merges && { merges }),
    });
  };
  for (const [kind, maker] of Object.entries(MAKERS))
    for (const document of documents.of(kind))
      for (const made of maker(document, documents)) add(document, made);
  const keysOf = connectionKeys(documents);
  const composedKeys = keysComposed(documents);
  for (const document of documents.all) {
    if (!hasInSpec(document, 'writeConnectionSecretToRef')) continue;
    const reference = at(document.root, 'spec', 'writeConnectionSecretToRef');
    const elsewhere = textOf(at(reference, 'namespace'));
    add(document, {
      field: at(reference, 'name'),
      keys: keysOf.get(document.kind) ?? composedKeys(document),
      ...(elsewhere !== '' && { namespace: elsewhere }),
    });
  }
  // One that a composite has composed, as far as its keys are known by now; its name may be nowhere else.
  for (const document of documents.of('Secret'))
    if (isConnection(document.root))
      add(document, { field: at(document.root, 'metadata', 'name'), merges: true });
  return indexed(all);
}

function indexed(all: readonly MadeSecret[]): Secrets {
  const byName = new Map<string, MadeSecret>();
  const names = new Map<string, string[]>();
  for (const secret of all) {
    const { namespace, name } = secret;
    if (!byName.has(`${namespace}/${name}`)) byName.set(`${namespace}/${name}`, secret);
    const others = names.get(namespace);
    if (others === undefined) names.set(namespace, [name]);
    else others.push(name);
  }
  return {
    all,
    find: (namespace, name) => byName.get(`${namespace}/${name}`) ?? byName.get(`/${name}`),
    names: (namespace) => names.get(namespace) ?? [],
  };
}

/** Keys of the Secrets of claims, by their kind: https://docs.crossplane.io/v1.20/concepts/connection-details/ */
function connectionKeys(documents: Documents): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const { root } of documents.of('CompositeResourceDefinition.apiextensions.crossplane.io')) {
    const spec = at(root, 'spec');
    const listed = items(at(spec, 'connectionSecretKeys')).map(textOf);
    if (listed.length === 0) continue;
    for (const names of ['names', 'claimNames'])
      keys.set(`${textOf(at(spec, names, 'kind'))}.${textOf(at(spec, 'group'))}`, listed);
  }
  return keys;
}

/** Keys of the Secret that a function composes for a composite of Crossplane 2: those of its Composition. */
function keysComposed(documents: Documents): (composite: Document) => readonly string[] | undefined {
  return ({ root }) => {
    const name = textOf(at(root, 'spec', 'crossplane', 'compositionRef', 'name'));
    const composition = documents.find('Composition.apiextensions.crossplane.io', '', name);
    if (name === '' || composition === undefined) return undefined;
    const resources = items(at(composition.root, 'spec', 'pipeline')).flatMap((step) =>
      items(at(step, 'input', 'resources')),
    );
    const details = resources.flatMap((resource) => items(at(resource, 'connectionDetails')));
    // Of other functions nobody knows here what they compose.
    return details.length === 0 ? undefined : details.map((detail) => textOf(at(detail, 'name')));
  };
}

/** What function-patch-and-transform composes for connection details. */
const isConnection = (root: Field): boolean =>
  textOf(at(root, 'type')) === 'connection.crossplane.io/v1alpha1';

const keysIn = (...maps: readonly Field[]): readonly string[] =>
  maps.flatMap((map) => entries(map).map(({ key }) => key));

const MAKERS: Readonly<Record<string, Maker>> = {
  Secret: ({ root }) => {
    if (isConnection(root)) return [];
    // Kubernetes itself fills in a token: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
    const isToken = textOf(at(root, 'type')) === 'kubernetes.io/service-account-token';
    const keys = isToken ? undefined : keysIn(at(root, 'data'), at(root, 'stringData'));
    return [{ field: at(root, 'metadata', 'name'), keys }];
  },
  // https://external-secrets.io/latest/api/externalsecret/
  'ExternalSecret.external-secrets.io': ({ root, name }) => {
    const spec = at(root, 'spec');
    const target = at(spec, 'target');
    const field = at(target, 'name');
    const merges = textOf(at(target, 'creationPolicy')) === 'Merge';
    const made = { field: isGiven(field) ? field : at(root, 'metadata', 'name'), merges };
    return [{ ...made, name: textOf(field) || name, keys: externalKeys(spec, at(target, 'template')) }];
  },
  // https://cert-manager.io/docs/usage/certificate/
  'Certificate.cert-manager.io': ({ root }) => {
    const spec = at(root, 'spec');
    const plain = !isGiven(at(spec, 'keystores')) && !isGiven(at(spec, 'additionalOutputFormats'));
    return [{ field: at(spec, 'secretName'), keys: plain ? ['tls.crt', 'tls.key', 'ca.crt'] : undefined }];
  },
  // https://github.com/bitnami-labs/sealed-secrets
  'SealedSecret.bitnami.com': ({ root }) => {
    const spec = at(root, 'spec');
    const keys = keysIn(at(spec, 'encryptedData'), at(spec, 'template', 'data'));
    return [{ field: at(root, 'metadata', 'name'), keys }];
  },
  // https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
  'SecretProviderClass.secrets-store.csi.x-k8s.io': ({ root }) =>
    items(at(root, 'spec', 'secretObjects')).map((object) => ({
      field: at(object, 'secretName'),
      keys: items(at(object, 'data')).map((item) => textOf(at(item, 'key'))),
    })),
};

/** A template replaces what was fetched, unless it says otherwise; what is found by a pattern nobody knows here. */
function externalKeys(spec: Field, template: Field): readonly string[] | undefined {
  const isMerged = textOf(at(template, 'mergePolicy')) === 'Merge';
  const templated = keysIn(at(template, 'data'));
  if (isGiven(at(template, 'templateFrom'))) return undefined;
  if (templated.length > 0 && !isMerged) return templated;
  if (items(at(spec, 'dataFrom')).length > 0) return undefined;
  return [...items(at(spec, 'data')).map((item) => textOf(at(item, 'secretKey'))), ...templated];
}
