import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import { type PreviewOptions, previewClaims } from '#preview/claims/preview.ts';
import { store } from '../../validate/schemas.ts';

/** A platform API that somebody else wrote, for Tideline's berths: a queue for each, and a policy that names it. */

export const DEFINITION = `
apiVersion: apiextensions.crossplane.io/v1
kind: CompositeResourceDefinition
metadata: { name: xberths.harbour.tideline.example }
spec:
  group: harbour.tideline.example
  names: { kind: XBerth, plural: xberths }
  claimNames: { kind: Berth, plural: berths }
  versions:
    - name: v1
      served: true
      referenceable: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                region: { type: string }
                quay: { type: string }
                retention: { type: integer, default: 345600 }
            status:
              type: object
              properties: { queueArn: { type: string }, account: { type: string } }
`;

export const FUNCTIONS = `
apiVersion: pkg.crossplane.io/v1
kind: Function
metadata: { name: patches }
spec: { package: xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform:v0.10.8 }
`;

export const QUEUE = `
          - name: queue
            base:
              apiVersion: sqs.aws.upbound.io/v1beta1
              kind: Queue
              spec:
                forProvider: { sqsManagedSseEnabled: true, tags: { team: harbour } }
            patches:
              - { fromFieldPath: spec.region, toFieldPath: spec.forProvider.region }
              - { fromFieldPath: spec.quay, toFieldPath: spec.forProvider.name }
              - { fromFieldPath: spec.retention, toFieldPath: spec.forProvider.messageRetentionSeconds }
              - { type: ToCompositeFieldPath, fromFieldPath: status.atProvider.arn, toFieldPath: status.queueArn }
`;

export const POLICY = `
          - name: policy
            base:
              apiVersion: sqs.aws.upbound.io/v1beta1
              kind: QueuePolicy
              spec: { forProvider: { queueUrlSelector: { matchControllerRef: true } } }
            patches:
              - { fromFieldPath: spec.region, toFieldPath: spec.forProvider.region }
              - type: CombineFromComposite
                combine:
                  variables: [{ fromFieldPath: status.queueArn }]
                  strategy: string
                  string: { fmt: '{"Resource":"%s"}' }
                toFieldPath: spec.forProvider.policy
                policy: { fromFieldPath: Required }
`;

export const composition = (resources: string, name = 'berth', metadata = '') => `
apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: ${name}${metadata} }
spec:
  compositeTypeRef: { apiVersion: harbour.tideline.example/v1, kind: XBerth }
  mode: Pipeline
  writeConnectionSecretsToNamespace: crossplane-system
  pipeline:
    - step: patch
      functionRef: { name: patches }
      input:
        apiVersion: pt.fn.crossplane.io/v1beta1
        kind: Resources
        resources:${resources}`;

export const claim = (spec = '', metadata = '') => `
apiVersion: harbour.tideline.example/v1
kind: Berth
metadata: { name: north, namespace: tideline${metadata} }
spec: { region: eu-west-1, quay: tideline-north${spec} }
`;

/** Documents, each a file of its own so that lines are easy to tell: `0.yaml`, `1.yaml`... */
export const manifestsOf = (...documents: readonly string[]): readonly Manifest[] =>
  documents.flatMap((text, index) => readManifestText(text, `${index}.yaml`).manifests);

const schemas = store();

/** The preview of documents, by whoever wrote them. */
export const preview = (documents: readonly string[], options: Partial<PreviewOptions> = {}) =>
  previewClaims(manifestsOf(...documents), {
    store: schemas,
    account: '111122223333',
    blameBase: 'composition',
    ...options,
  });
