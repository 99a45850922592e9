import type { KubernetesObject } from '#manifests/manifest.ts';
import {
  type AdmissionRequest,
  creationOf,
  deletionOf,
  updateOf,
} from '#validate/policy/admission-request.ts';

/**
 * What a policy and a request come to, of every part of ValidatingAdmissionPolicy. `denied` is the message that people
 * read; undefined where the request passes. Each lies in a namespace of its own, which its policy selects.
 */
export interface AdmissionCase {
  readonly name: string;
  /** Fields of the policy's spec, beside those that all have. */
  readonly spec?: Fields;
  /** Fields of its matchConstraints. */
  readonly constraints?: Fields;
  readonly rule?: Fields;
  /** Fields of the spec of each binding. */
  readonly bindings?: readonly Fields[];
  readonly params?: readonly KubernetesObject[];
  readonly request?: AdmissionRequest;
  /** Labels of the namespace. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly denied?: string;
  readonly warned?: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Replaced by the case's own namespace. */
export const NAMESPACE = 'NAMESPACE';

const berths = (data: Fields, metadata: Fields = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'berths', namespace: NAMESPACE, ...metadata },
  data,
});
const limits = (name: string, most: string, metadata: Fields = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: NAMESPACE, ...metadata },
  data: { most },
});
const few = berths({ count: '2' });
const many = berths({ count: '9' });
const grown = updateOf(few, many);
const gone = deletionOf(few);

const says = (expression: string, message = 'no'): Fields => ({ validations: [{ expression, message }] });
const named = (name: string, fields: Fields = {}) => ({ name, labels: { case: NAMESPACE }, ...fields });
const harbour: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: named(`${NAMESPACE}-new`),
};
const role: KubernetesObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: named(NAMESPACE),
  rules: [],
};
const crane: KubernetesObject = {
  apiVersion: 'admission.tideline.example/v1',
  kind: 'Crane',
  metadata: { name: 'north', namespace: NAMESPACE },
  spec: { tons: 40 },
};
const onNamespaces = { resources: ['namespaces'] };
const onRoles = { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'] };
const onCranes = { apiGroups: ['admission.tideline.example'], resources: ['cranes'] };
/** Only the case's own, which lies in no namespace. */
const ownOnly = { objectSelector: { matchLabels: { case: NAMESPACE } } };
const tideKind = { apiVersion: 'admission.tideline.example/v1', kind: 'Tide' };
const tide: KubernetesObject = {
  apiVersion: 'admission.tideline.example/v1',
  kind: 'Tide',
  metadata: { name: NAMESPACE },
  spec: { tons: 30 },
};
const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
const FEWER = 'int(object.data.count) <= int(params.data.most)';
const byName = (name: string, fields: Fields = {}): Fields => ({
  paramRef: { name, namespace: NAMESPACE, parameterNotFoundAction: 'Deny', ...fields },
});
const MISSING =
  'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction';

export const ADMISSION_CASES: readonly AdmissionCase[] = [
  // Requests
  { name: 'a creation', spec: says("request.operation != 'CREATE'"), denied: 'no' },
  { name: 'a creation without what was', spec: says('oldObject != null'), denied: 'no' },
  {
    name: 'an update that grows',
    request: grown,
    spec: says('int(object.data.count) <= int(oldObject.data.count)', 'berths only go'),
    denied: 'berths only go',
  },
  { name: 'an update', request: grown, spec: says("request.operation == 'UPDATE' && oldObject != null") },
  { name: 'a deletion', request: gone, spec: says('object != null', 'berths stay'), denied: 'berths stay' },
  {
    name: 'a deletion of what was',
    request: gone,
    spec: says("oldObject.data.count != '2' || request.operation != 'DELETE' || request.name != 'berths'"),
    denied: 'no',
  },
  {
    name: 'a deletion where only creations are judged',
    request: gone,
    rule: { operations: ['CREATE'] },
    spec: says('false'),
  },
  {
    name: 'an update where only deletions are judged',
    request: grown,
    rule: { operations: ['DELETE'] },
    spec: says('false'),
  },
  {
    name: 'what the request says',
    spec: says(
      "request.kind.group != '' || request.kind.version != 'v1' || request.kind.kind != 'ConfigMap' || request.resource.resource != 'configmaps' || request.requestKind.kind != 'ConfigMap' || request.requestResource.version != 'v1' || !has(request.namespace) || has(request.subResource) || has(request.requestSubResource)",
    ),
    denied: 'no',
  },
  // Constraints
  {
    name: 'what a rule leaves out',
    constraints: {
      excludeResourceRules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] },
      ],
    },
    spec: says('false'),
  },
  {
    name: 'what a rule leaves out by another name',
    constraints: {
      excludeResourceRules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['*'],
          resources: ['configmaps'],
          resourceNames: ['cranes'],
        },
      ],
    },
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'what a rule leaves out on updates only',
    constraints: {
      excludeResourceRules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['configmaps'] },
      ],
    },
    spec: says('false'),
    denied: 'no',
  },
  { name: 'its name', rule: { resourceNames: ['berths'] }, spec: says('false'), denied: 'no' },
  { name: 'another name', rule: { resourceNames: ['cranes'] }, spec: says('false') },
  {
    name: 'its name, deleted',
    request: gone,
    rule: { resourceNames: ['berths'] },
    spec: says('false'),
    denied: 'no',
  },
  { name: 'cluster scope', rule: { scope: 'Cluster' }, spec: says('false') },
  { name: 'namespaced scope', rule: { scope: 'Namespaced' }, spec: says('false'), denied: 'no' },
  { name: 'all resources', rule: { resources: ['*'] }, spec: says('false'), denied: 'no' },
  { name: 'all subresources', rule: { resources: ['configmaps/*'] }, spec: says('false'), denied: 'no' },
  { name: 'a subresource', rule: { resources: ['configmaps/status'] }, spec: says('false') },
  { name: 'a version that nobody serves', rule: { apiVersions: ['v2'] }, spec: says('false') },
  { name: 'exactly its version', constraints: { matchPolicy: 'Exact' }, spec: says('false'), denied: 'no' },
  {
    name: 'labels',
    constraints: { objectSelector: { matchLabels: { pier: 'east' } } },
    request: creationOf(berths({}, { labels: { pier: 'east' } })),
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'other labels',
    constraints: { objectSelector: { matchLabels: { pier: 'west' } } },
    request: creationOf(berths({}, { labels: { pier: 'east' } })),
    spec: says('false'),
  },
  {
    name: 'labels that it had',
    constraints: { objectSelector: { matchLabels: { pier: 'east' } } },
    request: updateOf(berths({}, { labels: { pier: 'east' } }), berths({}, { labels: { pier: 'west' } })),
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'labels of what is deleted',
    constraints: { objectSelector: { matchExpressions: [{ key: 'pier', operator: 'Exists' }] } },
    request: deletionOf(berths({}, { labels: { pier: 'east' } })),
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'labels that are not there',
    constraints: {
      objectSelector: { matchExpressions: [{ key: 'pier', operator: 'NotIn', values: ['west'] }] },
    },
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'a label of the namespace',
    labels: { tide: 'high' },
    bindings: [{ matchResources: { namespaceSelector: { matchLabels: { tide: 'high' } } } }],
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'another label of the namespace',
    labels: { tide: 'high' },
    bindings: [{ matchResources: { namespaceSelector: { matchLabels: { tide: 'low' } } } }],
    spec: says('false'),
  },
  // Bindings
  {
    name: 'two bindings, of which the second concerns it',
    bindings: [
      { matchResources: { objectSelector: { matchLabels: { pier: 'east' } } } },
      {
        matchResources: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
          ],
        },
      },
    ],
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'a binding for other operations',
    bindings: [
      {
        matchResources: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['configmaps'] },
          ],
        },
      },
    ],
    spec: says('false'),
  },
  {
    name: 'a binding that leaves it out',
    bindings: [
      {
        matchResources: {
          excludeResourceRules: [
            { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] },
          ],
        },
      },
    ],
    spec: says('false'),
  },
  {
    name: 'a binding that warns',
    bindings: [{ validationActions: ['Warn'] }],
    spec: says('false', 'careful'),
    warned: ['careful'],
  },
  { name: 'a binding that notes', bindings: [{ validationActions: ['Audit'] }], spec: says('false') },
  {
    name: 'a binding that warns beside one that denies',
    bindings: [{ validationActions: ['Warn'] }, { validationActions: ['Deny'] }],
    spec: says('false'),
    denied: 'no',
  },
  // Params
  {
    name: 'a param that allows',
    params: [limits('few', '5')],
    bindings: [byName('few')],
    spec: { paramKind, ...says(FEWER) },
  },
  {
    name: 'a param that forbids',
    params: [limits('few', '1')],
    bindings: [byName('few')],
    spec: { paramKind, ...says(FEWER, 'too many') },
    denied: 'too many',
  },
  {
    name: 'a param that is not there',
    bindings: [byName('gone')],
    spec: { paramKind, ...says(FEWER) },
    denied: MISSING,
  },
  {
    name: 'a param that need not be there',
    bindings: [byName('gone', { parameterNotFoundAction: 'Allow' })],
    spec: { paramKind, ...says('false') },
  },
  {
    name: 'a param that is not there, of a policy that fails open',
    bindings: [byName('gone')],
    spec: { paramKind, failurePolicy: 'Ignore', ...says(FEWER) },
  },
  {
    name: 'a param that is not there, of a binding that warns',
    bindings: [{ ...byName('gone'), validationActions: ['Warn'] }],
    spec: { paramKind, ...says(FEWER) },
    denied: MISSING,
  },
  {
    name: 'a param in the namespace of the request',
    params: [limits('few', '1')],
    bindings: [{ paramRef: { name: 'few', parameterNotFoundAction: 'Deny' } }],
    spec: { paramKind, ...says(FEWER) },
    denied: 'no',
  },
  {
    name: 'a param in another namespace',
    params: [limits('few', '1')],
    bindings: [byName('few', { namespace: 'default' })],
    spec: { paramKind, ...says(FEWER) },
    denied: MISSING,
  },
  {
    name: 'params by their labels, of which one forbids',
    params: [
      limits('few', '1', { labels: { kind: 'most' } }),
      limits('lots', '50', { labels: { kind: 'most' } }),
      limits('none', '0'),
    ],
    bindings: [
      { paramRef: { selector: { matchLabels: { kind: 'most' } }, parameterNotFoundAction: 'Deny' } },
    ],
    spec: {
      paramKind,
      validations: [{ expression: FEWER, messageExpression: "'more than ' + params.metadata.name" }],
    },
    denied: 'more than few',
  },
  {
    name: 'no params by their labels',
    params: [limits('few', '1')],
    bindings: [
      { paramRef: { selector: { matchLabels: { kind: 'most' } }, parameterNotFoundAction: 'Deny' } },
    ],
    spec: { paramKind, ...says(FEWER) },
    denied: MISSING,
  },
  {
    name: 'two bindings with a param each, of which the second forbids',
    params: [limits('few', '1'), limits('lots', '50')],
    bindings: [byName('lots'), byName('few')],
    spec: { paramKind, ...says(FEWER) },
    denied: 'no',
  },
  {
    name: 'a policy with params and a binding without',
    bindings: [{}],
    spec: { paramKind, ...says('params == null') },
  },
  {
    name: 'a binding with params and a policy without',
    bindings: [byName('gone')],
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'a param in a condition',
    params: [limits('few', '1')],
    bindings: [byName('few')],
    spec: {
      paramKind,
      matchConditions: [{ name: 'a', expression: "params.data.most == '5'" }],
      ...says('false'),
    },
  },
  {
    name: 'a param in a variable',
    params: [limits('few', '1')],
    bindings: [byName('few')],
    spec: {
      paramKind,
      variables: [{ name: 'most', expression: 'int(params.data.most)' }],
      ...says('variables.most > 1'),
    },
    denied: 'no',
  },
  {
    name: 'what kind a param is',
    params: [limits('few', '1')],
    bindings: [byName('few')],
    spec: { paramKind, ...says("params.kind != 'ConfigMap' || params.apiVersion != 'v1'") },
    denied: 'no',
  },
  {
    name: 'a param for a deletion',
    request: gone,
    params: [limits('few', '1')],
    bindings: [byName('few')],
    spec: { paramKind, ...says('int(oldObject.data.count) <= int(params.data.most)') },
    denied: 'no',
  },
  // Conditions
  {
    name: 'a condition that does not hold',
    spec: { matchConditions: [{ name: 'a', expression: 'false' }], ...says('false') },
  },
  {
    name: 'a condition that ends in an error',
    spec: { matchConditions: [{ name: 'a', expression: 'object.data.gone == 1' }], ...says('true') },
    denied: "expression 'object.data.gone == 1' resulted in error: no such key: gone",
  },
  {
    name: 'two conditions that end in errors',
    spec: {
      matchConditions: [
        { name: 'a', expression: 'object.data.gone == 1' },
        { name: 'b', expression: 'object.data.away == 1' },
      ],
      ...says('true'),
    },
    denied:
      "[expression 'object.data.gone == 1' resulted in error: no such key: gone, expression 'object.data.away == 1' resulted in error: no such key: away]",
  },
  {
    name: 'a condition that ends in an error beside one that does not hold',
    spec: {
      matchConditions: [
        { name: 'a', expression: 'object.data.gone == 1' },
        { name: 'b', expression: 'false' },
      ],
      ...says('false'),
    },
  },
  {
    name: 'a condition that ends in an error, of a policy that fails open',
    spec: {
      failurePolicy: 'Ignore',
      matchConditions: [{ name: 'a', expression: 'object.data.gone == 1' }],
      ...says('false'),
    },
  },
  {
    name: 'a condition on the operation',
    request: grown,
    spec: { matchConditions: [{ name: 'a', expression: "request.operation == 'UPDATE'" }], ...says('false') },
    denied: 'no',
  },
  {
    name: 'the namespace in a condition',
    spec: { matchConditions: [{ name: 'a', expression: 'namespaceObject == null' }], ...says('false') },
    denied: 'no',
  },
  // Variables
  {
    name: 'variables that use each other',
    spec: {
      variables: [
        { name: 'count', expression: 'int(object.data.count)' },
        { name: 'odd', expression: 'variables.count % 2 == 1' },
      ],
      ...says('variables.odd'),
    },
    denied: 'no',
  },
  {
    name: 'a variable that ends in an error',
    spec: { variables: [{ name: 'gone', expression: 'object.data.gone' }], ...says('variables.gone == 1') },
    denied:
      'expression \'variables.gone == 1\' resulted in error: composited variable "gone" fails to evaluate: no such key: gone',
  },
  {
    name: 'a variable of a variable that ends in an error',
    spec: {
      variables: [
        { name: 'gone', expression: 'object.data.gone' },
        { name: 'more', expression: 'variables.gone == 1' },
      ],
      ...says('variables.more'),
    },
    denied:
      'expression \'variables.more\' resulted in error: composited variable "more" fails to evaluate: composited variable "gone" fails to evaluate: no such key: gone',
  },
  {
    name: 'a variable that nobody uses',
    spec: { variables: [{ name: 'gone', expression: 'object.data.gone' }], ...says('true') },
  },
  // Verdicts and messages
  {
    name: 'an error',
    spec: says('object.data.gone == 1'),
    denied: "expression 'object.data.gone == 1' resulted in error: no such key: gone",
  },
  {
    name: 'an error of a policy that fails open',
    spec: { failurePolicy: 'Ignore', ...says('object.data.gone == 1') },
  },
  {
    name: 'an error in the second of two, of a policy that fails open',
    spec: {
      failurePolicy: 'Ignore',
      validations: [{ expression: 'object.data.gone == 1' }, { expression: 'false', message: 'second' }],
    },
    denied: 'second',
  },
  {
    name: 'the first of two that fail',
    spec: {
      validations: [
        { expression: 'true' },
        { expression: 'false', message: 'second' },
        { expression: 'false', message: 'third' },
      ],
    },
    denied: 'second',
  },
  { name: 'a message with space around it', spec: says('false', '  no berths \t'), denied: 'no berths' },
  {
    name: 'no message',
    spec: { validations: [{ expression: ' 1 == 2 ' }] },
    denied: 'failed expression: 1 == 2',
  },
  {
    name: 'a message that is computed',
    spec: {
      validations: [
        { expression: 'false', message: 'static', messageExpression: "'berths: ' + object.data.count" },
      ],
    },
    denied: 'berths: 2',
  },
  {
    name: 'a message that ends in an error',
    spec: {
      validations: [
        { expression: 'false', message: 'static', messageExpression: "'x' + string(object.data.gone)" },
      ],
    },
    denied: 'static',
  },
  {
    name: 'a message of several lines',
    spec: { validations: [{ expression: 'false', message: 'static', messageExpression: "'a\\nb'" }] },
    denied: 'static',
  },
  {
    name: 'an empty message',
    spec: { validations: [{ expression: 'false', messageExpression: "'  '" }] },
    denied: 'failed expression: false',
  },
  {
    name: 'a message that is too long',
    spec: {
      validations: [
        {
          expression: 'false',
          message: 'static',
          messageExpression: `'${'a'.repeat(5200)}'`,
        },
      ],
    },
    denied: 'static',
  },
  {
    name: 'a message with a variable',
    spec: {
      variables: [{ name: 'count', expression: 'object.data.count' }],
      validations: [{ expression: 'false', messageExpression: "'there are ' + variables.count" }],
    },
    denied: 'there are 2',
  },
  {
    name: 'a message about what was',
    request: grown,
    spec: {
      validations: [
        { expression: 'false', messageExpression: "oldObject.data.count + ' to ' + object.data.count" },
      ],
    },
    denied: '2 to 9',
  },
  {
    name: 'a reason',
    spec: { validations: [{ expression: 'false', message: 'no', reason: 'Forbidden' }] },
    denied: 'no',
  },
  {
    name: 'the namespace',
    labels: { tide: 'high' },
    spec: says(
      "namespaceObject.metadata.labels['tide'] != 'high' || namespaceObject.metadata.name != request.namespace",
    ),
    denied: 'no',
  },
  // Notes
  {
    name: 'a note that ends in an error',
    spec: { auditAnnotations: [{ key: 'a', valueExpression: 'string(object.data.gone)' }] },
    denied: "expression 'string(object.data.gone)' resulted in error: no such key: gone",
  },
  {
    name: 'a note that ends in an error, of a binding that warns',
    bindings: [{ validationActions: ['Warn'] }],
    spec: { auditAnnotations: [{ key: 'a', valueExpression: 'string(object.data.gone)' }] },
    denied: "expression 'string(object.data.gone)' resulted in error: no such key: gone",
  },
  {
    name: 'a note that ends in an error, of a policy that fails open',
    spec: {
      failurePolicy: 'Ignore',
      auditAnnotations: [{ key: 'a', valueExpression: 'string(object.data.gone)' }],
    },
  },
  {
    name: 'a note',
    spec: { auditAnnotations: [{ key: 'a', valueExpression: "'noted: ' + object.data.count" }] },
  },
  // Namespaces and what lies in none
  {
    name: 'a Namespace, which lies in itself',
    request: creationOf(harbour),
    rule: onNamespaces,
    spec: says('request.namespace != object.metadata.name || namespaceObject != null'),
    denied: 'no',
  },
  {
    name: 'a Namespace by its own labels',
    request: creationOf(harbour),
    rule: { ...onNamespaces, scope: 'Cluster' },
    spec: says('false'),
    denied: 'no',
  },
  {
    name: 'a Namespace as something in a namespace',
    request: creationOf(harbour),
    rule: { ...onNamespaces, scope: 'Namespaced' },
    spec: says('false'),
  },
  {
    name: 'a Namespace that is deleted',
    request: deletionOf({ apiVersion: 'v1', kind: 'Namespace', metadata: named(NAMESPACE) }),
    rule: onNamespaces,
    spec: says("request.namespace != request.name || oldObject.metadata.labels['case'] != request.name"),
    denied: 'no',
  },
  {
    name: 'what lies in no namespace, which no selector of namespaces leaves out',
    request: creationOf(role),
    rule: onRoles,
    constraints: { ...ownOnly, namespaceSelector: { matchLabels: { never: 'there' } } },
    spec: says('has(request.namespace) || namespaceObject != null'),
    denied: 'no',
  },
  {
    name: 'a param in a namespace for what lies in none',
    request: creationOf(role),
    rule: onRoles,
    constraints: ownOnly,
    params: [limits('few', '1')],
    bindings: [{ paramRef: { name: 'few', parameterNotFoundAction: 'Deny' } }],
    spec: { paramKind, ...says('true') },
    denied:
      'failed to configure binding: cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
  },
  // Custom resources
  {
    name: 'another version of a custom resource',
    request: creationOf(crane),
    rule: { ...onCranes, apiVersions: ['v1beta1'] },
    spec: says(
      "object.apiVersion != 'admission.tideline.example/v1beta1' || request.kind.version != 'v1beta1' || request.requestKind.version != 'v1' || request.resource.version != 'v1beta1' || request.requestResource.version != 'v1'",
    ),
    denied: 'no',
  },
  {
    name: 'another version of a custom resource, exactly',
    request: creationOf(crane),
    rule: { ...onCranes, apiVersions: ['v1beta1'] },
    constraints: { matchPolicy: 'Exact' },
    spec: says('false'),
  },
  {
    name: 'both versions of a custom resource',
    request: creationOf(crane),
    rule: { ...onCranes, apiVersions: ['v1beta1', 'v1'] },
    spec: says("object.apiVersion != 'admission.tideline.example/v1'"),
    denied: 'no',
  },
  {
    name: 'a custom resource, deleted',
    request: deletionOf(crane),
    rule: onCranes,
    spec: says('oldObject.spec.tons < 40', 'cranes stay'),
    denied: 'cranes stay',
  },
  {
    name: 'a custom param that lies in no namespace',
    request: creationOf(crane),
    rule: onCranes,
    params: [tide],
    bindings: [{ paramRef: { name: NAMESPACE, parameterNotFoundAction: 'Deny' } }],
    spec: { paramKind: tideKind, ...says('object.spec.tons <= params.spec.tons', 'too heavy for the tide') },
    denied: 'too heavy for the tide',
  },
  {
    name: 'a custom param that lies in no namespace, with a namespace',
    request: creationOf(crane),
    rule: onCranes,
    params: [tide],
    bindings: [byName(NAMESPACE)],
    spec: { paramKind: tideKind, ...says('true') },
    denied:
      'failed to configure binding: paramRef.namespace must not be provided for a cluster-scoped `paramKind`',
  },
  {
    name: 'params of a kind that nobody knows',
    bindings: [byName('few')],
    spec: { paramKind: { apiVersion: 'admission.tideline.example/v1', kind: 'Wave' }, ...says('true') },
    denied:
      "failed to configure policy: failed to find resource referenced by paramKind: 'admission.tideline.example/v1, Kind=Wave'",
  },
  // Costs
  {
    name: 'a runaway expression',
    spec: says(runaway(3)),
    denied: `expression '${runaway(3)}' resulted in error: operation cancelled: actual cost limit exceeded`,
  },
  {
    name: 'a runaway expression of a policy that fails open',
    spec: { failurePolicy: 'Ignore', ...says(runaway(3)) },
  },
  {
    name: 'expressions that cost too much together',
    spec: { validations: Array.from({ length: 14 }, () => ({ expression: costly(), message: 'no' })) },
    denied: 'validation failed due to running out of cost budget, no further validation rules will be run',
  },
  {
    name: 'expressions that just fit',
    spec: { validations: Array.from({ length: 9 }, () => ({ expression: costly(), message: 'no' })) },
  },
  {
    name: 'conditions that cost too much together',
    spec: {
      matchConditions: Array.from({ length: 4 }, (_, index) => ({ name: `c${index}`, expression: costly() })),
      ...says('true'),
    },
    denied: 'validation failed due to running out of cost budget, no further validation rules will be run',
  },
  {
    name: 'messages that cost too much together',
    spec: {
      validations: Array.from({ length: 14 }, () => ({
        expression: 'true',
        messageExpression: `${costly()} ? 'a' : 'b'`,
      })),
    },
    denied:
      'failed messageExpression: validation failed due to running out of cost budget, no further validation rules will be run',
  },
  {
    name: 'a pattern made to backtrack',
    request: creationOf(berths({ count: `${'a'.repeat(2000)}!` })),
    spec: says("object.data.count.matches('^(a+)+$')"),
    denied: 'no',
  },
];

/** Nested loops, `depth` deep, over a hundred numbers each. */
function runaway(depth: number): string {
  const list =
    '[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65,66,67,68,69,70,71,72,73,74,75,76,77,78,79,80,81,82,83,84,85,86,87,88,89,90,91,92,93,94,95,96,97,98,99]';
  const names = ['a', 'b', 'c'].slice(0, depth);
  return names.reduceRight(
    (inner, name) => `${list}.all(${name}, ${inner})`,
    names.map((name) => `${name} >= 0`).join(' && '),
  );
}

/** About nine hundred thousand, of the million that one may cost. */
function costly(): string {
  const list = `[${Array.from({ length: 45 }, (_, index) => index).join(',')}]`;
  return `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`;
}
