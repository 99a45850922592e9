import { at, entries, type Field, items } from '../builtin/field.ts';

interface Named {
  readonly kind: string;
  readonly field: Field;
}

/** What else a kind can't become healthy without. */
export const REFERENCES: Readonly<Record<string, (root: Field) => readonly Named[]>> = {
  PersistentVolumeClaim: (root) => [
    { kind: 'StorageClass.storage.k8s.io', field: at(root, 'spec', 'storageClassName') },
  ],
  'Ingress.networking.k8s.io': (root) => [
    { kind: 'IngressClass.networking.k8s.io', field: at(root, 'spec', 'ingressClassName') },
    ...items(at(root, 'spec', 'rules'))
      .flatMap((rule) => items(at(rule, 'http', 'paths')))
      .map((path) => ({ kind: 'Service', field: at(path, 'backend', 'service', 'name') })),
  ],
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': (root) => [
    {
      kind: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
      field: at(root, 'spec', 'policyName'),
    },
  ],
  'Provider.pkg.crossplane.io': (root) => [
    {
      kind: 'DeploymentRuntimeConfig.pkg.crossplane.io',
      field: at(root, 'spec', 'runtimeConfigRef', 'name'),
    },
  ],
  'Application.argoproj.io': (root) => [
    { kind: 'AppProject.argoproj.io', field: at(root, 'spec', 'project') },
  ],
  // Of a service that no pod answers for, an APIService makes every discovery fail.
  'APIService.apiregistration.k8s.io': (root) =>
    entries(at(root, 'spec', 'service'))
      .filter(({ key }) => key === 'name')
      .map((field) => ({ kind: 'Service', field })),
};
