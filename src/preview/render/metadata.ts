import type { FunctionCondition, StateResource } from '../protocol.ts';
import { fieldOf, isJsonObject, type JsonObject, textOf } from './composition.ts';
import { RESOURCE_NAME } from './observed.ts';
import { isReadyText, unreadyText } from './ready.ts';

const COMPOSITE = 'crossplane.io/composite';

/** A composed resource with what Crossplane adds: its name in the composition, its owner, the composite's labels. */
export function composedMetadata(
  resource: unknown,
  name: string,
  composite: JsonObject,
  observed: JsonObject | undefined,
): JsonObject {
  const object = isJsonObject(resource) ? resource : {};
  const metadata = objectAt(object, 'metadata');
  const owner = objectAt(composite, 'metadata');
  const claim = fieldOf(fieldOf(composite, 'spec'), 'claimRef');
  const existing = observed === undefined ? undefined : objectAt(observed, 'metadata');
  const namespace =
    textOf(existing, 'namespace') || textOf(owner, 'namespace') || textOf(metadata, 'namespace');
  const ownName = existing === undefined ? textOf(metadata, 'name') : textOf(existing, 'name');
  return {
    ...object,
    metadata: {
      ...without(metadata, ['name', 'namespace']),
      annotations: { ...objectAt(metadata, 'annotations'), [RESOURCE_NAME]: name },
      generateName: `${textOf(fieldOf(owner, 'labels'), COMPOSITE) || textOf(owner, 'name')}-`,
      labels: { ...objectAt(metadata, 'labels'), ...labelsOf(owner, claim) },
      ...(ownName === '' ? {} : { name: ownName }),
      ...(namespace === '' ? {} : { namespace }),
      ownerReferences: [...otherOwners(metadata), reference(composite, owner)],
    },
  };
}

function labelsOf(owner: JsonObject, claim: unknown): JsonObject {
  const label = textOf(fieldOf(owner, 'labels'), COMPOSITE) || textOf(owner, 'name');
  if (!isJsonObject(claim)) return { [COMPOSITE]: label };
  return {
    [COMPOSITE]: label,
    'crossplane.io/claim-name': textOf(claim, 'name'),
    'crossplane.io/claim-namespace': textOf(claim, 'namespace'),
  };
}

function otherOwners(metadata: JsonObject): readonly unknown[] {
  const owners = fieldOf(metadata, 'ownerReferences');
  return Array.isArray(owners) ? owners.filter((owner) => fieldOf(owner, 'controller') !== true) : [];
}

const reference = (composite: JsonObject, owner: JsonObject): JsonObject => ({
  apiVersion: textOf(composite, 'apiVersion'),
  blockOwnerDeletion: true,
  controller: true,
  kind: textOf(composite, 'kind'),
  name: textOf(owner, 'name'),
  uid: textOf(owner, 'uid'),
});

/** The composite that the functions desired, with its identity and the condition Ready. */
export function compositeWith(
  desired: StateResource | undefined,
  resources: readonly { readonly name: string; readonly isReady: boolean }[],
  composite: JsonObject,
  said: readonly FunctionCondition[],
): JsonObject {
  const object = isJsonObject(desired?.resource) ? desired.resource : {};
  const owner = objectAt(composite, 'metadata');
  const status = objectAt(object, 'status');
  const namespace = textOf(owner, 'namespace');
  return {
    ...object,
    apiVersion: textOf(composite, 'apiVersion'),
    kind: textOf(composite, 'kind'),
    metadata: {
      ...objectAt(object, 'metadata'),
      name: textOf(owner, 'name'),
      ...(namespace === '' ? {} : { namespace }),
    },
    status: {
      ...status,
      conditions: [
        ...otherConditions(status),
        ...said.filter(({ type }) => !CROSSPLANES_OWN.includes(type)).map(conditionOf),
        readyCondition(desired, resources),
      ],
    },
  };
}

/** Conditions that no function may set: https://docs.crossplane.io/latest/composition/compositions/ */
const CROSSPLANES_OWN = ['Ready', 'Synced'];

const STATUS: Readonly<Record<string, string>> = {
  STATUS_CONDITION_TRUE: 'True',
  STATUS_CONDITION_FALSE: 'False',
};

const conditionOf = ({ type, status, reason, message }: FunctionCondition): JsonObject => ({
  lastTransitionTime: MOMENT,
  ...(message === undefined || message === '' ? {} : { message }),
  reason,
  status: STATUS[status] ?? 'Unknown',
  type,
});

function otherConditions(status: JsonObject): readonly unknown[] {
  const conditions = fieldOf(status, 'conditions');
  return Array.isArray(conditions)
    ? conditions.filter((condition) => textOf(condition, 'type') !== 'Ready')
    : [];
}

/** No clock: the moment is always the same, as it is for `crossplane render`. */
const MOMENT = '2024-01-01T00:00:00Z';

function readyCondition(
  desired: StateResource | undefined,
  resources: readonly { readonly name: string; readonly isReady: boolean }[],
): JsonObject {
  const unready = resources.filter(({ isReady }) => !isReady).map(({ name }) => name);
  const isReady = isReadyText(desired?.ready, unready);
  const message = unready.length === 0 ? {} : { message: unreadyText(unready) };
  return isReady
    ? { lastTransitionTime: MOMENT, reason: 'Available', status: 'True', type: 'Ready' }
    : { lastTransitionTime: MOMENT, ...message, reason: 'Creating', status: 'False', type: 'Ready' };
}

function objectAt(object: unknown, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isJsonObject(value) ? value : {};
}

const without = (object: JsonObject, fields: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
