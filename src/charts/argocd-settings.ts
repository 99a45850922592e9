import { KubeConfigMap } from 'cdk8s-plus-30/lib/imports/k8s.js';
import { ARGOCD_NAMESPACE, PLATFORM_GROUP } from '#model/names.ts';
import { metadata } from './annotations.ts';
import type { Folder } from './folder.ts';

/**
 * What Argo CD must be told so that waves wait for the right things. Server-side apply adds these keys to the
 * ConfigMap of Argo CD's installation and leaves the others alone.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export function argocdSettings(folder: Folder, claimKinds: readonly string[], pointer: string): void {
  folder.add(
    KubeConfigMap,
    {
      metadata: metadata(
        {
          name: 'argocd-cm',
          namespace: ARGOCD_NAMESPACE,
          // Argo CD ignores a ConfigMap without it.
          labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
        },
        { wave: 'projects', isKept: true },
      ),
      data: {
        // Tracking by label would take Crossplane's copies of a claim for leftovers, and prune them.
        'application.resourceTrackingMethod': 'annotation',
        'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
        ...Object.fromEntries(
          claimKinds.map((kind) => [
            `resource.customizations.health.${PLATFORM_GROUP}_${kind}`,
            CLAIM_HEALTH,
          ]),
        ),
        // One for each managed resource and provider configuration; nobody wants to see them.
        'resource.exclusions': '- apiGroups: ["*"]\n  kinds: ["ProviderConfigUsage"]\n  clusters: ["*"]\n',
      },
    },
    { pointer },
  );
}

/** An Application is as healthy as what it applied; without this, waves of Applications don't wait. */
const APPLICATION_HEALTH = `local health = { status = "Progressing", message = "Waiting for the first sync" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  health.message = obj.status.health.message or ""
end
return health
`;

/** A claim is healthy when what it claims is there: neither before the first status, nor by being applied. */
const CLAIM_HEALTH = `local health = { status = "Progressing", message = "Waiting for Crossplane" }
if obj.status == nil or obj.status.conditions == nil then return health end
local ready, synced = nil, nil
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Ready" then ready = condition end
  if condition.type == "Synced" then synced = condition end
end
if synced ~= nil and synced.status == "False" then
  health.status = "Degraded"
  health.message = "Synced=False: " .. (synced.message or synced.reason or "")
  return health
end
if synced ~= nil and synced.status == "True" and ready ~= nil and ready.status == "True" then
  health.status = "Healthy"
  health.message = "Ready"
  return health
end
if ready ~= nil then health.message = (ready.reason or "") .. " " .. (ready.message or "") end
return health
`;
