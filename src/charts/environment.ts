/**
 * An environment -> its documents, folder by folder. Every decision was made in `#model` and `#platform`; here
 * each kind of thing has one file that spells it in Kubernetes' words.
 * In: a checked environment, and something that opens folders. Out: documents, each with its cause.
 * Guarantees: pure; the same environment gives the same documents in the same order; each has a name and a cause.
 */
import { applications, serviceFolder as folderOf } from '#model/applications.ts';
import type { RenderedKinds } from '#model/chart-projects.ts';
import { isNamespaced } from '#model/crossplane.ts';
import type { Environment } from '#model/environment/environment.ts';
import { loadBalancerOf } from '#model/load-balancer.ts';
import { PLIMSOLL_NAMESPACE, namespace as productNamespace } from '#model/names.ts';
import { namespaces } from '#model/namespaces.ts';
import { projects } from '#model/projects.ts';
import { releases } from '#model/releases.ts';
import { ephemeralClasses, storageClasses } from '#model/storage.ts';
import { isHosted } from '#model/topology.ts';
import { type Workload, workloads } from '#model/workload.ts';
import { folderApplication, releaseApplication } from './application.ts';
import { argocdSettings } from './argocd-settings.ts';
import { autoscaler } from './autoscaler.ts';
import { claims } from './claims.ts';
import { connectionDetails } from './connection-details.ts';
import { crossplane } from './crossplane.ts';
import { deployment } from './deployment.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { environmentFacts } from './environment-facts.ts';
import type { Folder, OpenFolder } from './folder.ts';
import { hub } from './hub.ts';
import { ingress } from './ingress.ts';
import { loadBalancer } from './load-balancer.ts';
import { namespace } from './namespace.ts';
import { namespacedFolders } from './namespaced.ts';
import { defaultDeny, networkPolicy } from './network-policy.ts';
import { platformApi } from './platform-api.ts';
import { project } from './project.ts';
import { fetchedSecret } from './secrets.ts';
import { service } from './service.ts';
import { serviceAccount } from './service-account.ts';
import { snapshotClass, storageClass } from './storage.ts';
import { volumes } from './volume.ts';

/** Writes every document of an environment. */
export function declareEnvironment(
  environment: Environment,
  folders: OpenFolder,
  rendered?: RenderedKinds,
): void {
  const open = isNamespaced(environment) ? namespacedFolders(folders) : folders;
  root(open('argocd'), environment, rendered);
  cluster(open('cluster'), environment);
  if (isHosted(environment)) hub(open('hub'), environment);
  else {
    crossplane(open('crossplane'), environment);
    platformApi(open('platform-api'), environment);
  }
  claims(open('infrastructure'), environment);
  addOns(open('add-ons'), environment);
  for (const workload of workloads(environment)) {
    serviceFolder(open(folderOf(workload.name)), workload);
  }
}

function root(folder: Folder, environment: Environment, rendered: RenderedKinds | undefined): void {
  for (const one of projects(environment, rendered)) project(folder, one);
  // A hub has its own.
  if (!isHosted(environment)) argocdSettings(folder, '/spec/delivery');
  for (const one of applications(environment)) folderApplication(folder, environment, one);
  for (const one of releases(environment)) releaseApplication(folder, environment, one);
}

function cluster(folder: Folder, environment: Environment): void {
  for (const one of namespaces(environment)) namespace(folder, one);
  environmentFacts(folder, environment, PLIMSOLL_NAMESPACE);
  defaultDeny(folder, productNamespace(environment), '/spec/product');
  for (const one of [...storageClasses(environment), ...ephemeralClasses(environment)]) {
    storageClass(folder, one);
  }
}

/** What needs a kind that an add-on or a controller brings, and so can't be among the first. */
function addOns(folder: Folder, environment: Environment): void {
  if (environment.spec.cluster.addons.includes('snapshot-controller')) {
    snapshotClass(folder, '/spec/cluster/addons');
  }
  const settings = loadBalancerOf(environment);
  if (settings !== undefined) loadBalancer(folder, settings);
  connectionDetails(folder, environment);
}

function serviceFolder(folder: Folder, workload: Workload): void {
  serviceAccount(folder, workload);
  if (workload.secret !== undefined) fetchedSecret(folder, workload.secret, workload.labels);
  service(folder, workload);
  networkPolicy(folder, workload);
  ingress(folder, workload);
  volumes(folder, workload);
  deployment(folder, workload);
  autoscaler(folder, workload);
  disruptionBudget(folder, workload);
}
