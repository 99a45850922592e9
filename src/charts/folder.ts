import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '#manifests/manifest.ts';

/** A generated class of one kind: what `cdk8s import` writes, and cdk8s-plus-30's Kube* classes. */
export interface Kind<Props> {
  new (scope: Construct, id: string, props: Props): ApiObject;
  manifest(props: Props): unknown;
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
}

/** Which lines of the environment a document comes from. */
export interface Cause {
  /** Pointer into the environment: what the document as a whole comes from. */
  readonly pointer: string;
  /** Pointer into the document -> pointer into the environment. Asked for only when something was found. */
  readonly fields?: () => Readonly<Record<string, string>>;
}

/** What the properties of every kind begin with. Names are always given, never generated. */
export interface Named {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/**
 * The folder of one Argo CD application, open for writing. What stands behind it decides what becomes of the
 * documents: constructs of a cdk8s app (`constructs.ts`) or plain objects (`documents.ts`).
 */
export interface Folder {
  /** A document of a typed kind. */
  add<Props extends Named | undefined>(
    kind: Kind<Props>,
    props: NoInfer<NonNullable<Props>>,
    cause: Cause,
  ): void;
  /** A document that was made elsewhere, taken as it is. */
  addObject(object: KubernetesObject, cause: Cause): void;
}

/** Opens the folder of an application. Each is opened once. */
export type OpenFolder = (application: string) => Folder;
