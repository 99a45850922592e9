import { ROOT_ANNOTATION } from '#model/topology.ts';

/**
 * When Argo CD calls something healthy: what the waves wait for. In Lua 5.1 with its base library only (no `string`).
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */

/**
 * An Application is as healthy as what it applied; without this, waves of Applications don't wait. Until its first sync
 * has succeeded it is on its way, however often that is tried: a failure would end the root's wave, and the next trial
 * of the root passes over what is in sync, healthy or not. One that is in sync without any sync has found in place all that
 * it has: Argo CD marks no CustomResourceDefinition as its own, so that one which is there already is no difference. The
 * root itself is never waited for: it is one of its own.
 */
export const APPLICATION_HEALTH = `local health = { status = "Progressing", message = "Waiting for the first sync" }
if obj.metadata.annotations ~= nil and obj.metadata.annotations["${ROOT_ANNOTATION}"] ~= nil then
  health.status = "Healthy"
  health.message = "The root"
  return health
end
if obj.metadata.deletionTimestamp ~= nil then
  health.message = "Being deleted"
  return health
end
if obj.status == nil then return health end
local operation = obj.status.operationState
local isInPlace = operation == nil and obj.status.sync ~= nil and obj.status.sync.status == "Synced"
if not isInPlace and (obj.status.history == nil or #obj.status.history == 0) then
  if operation ~= nil then
    health.message = "First sync: " .. (operation.message or operation.phase or "")
    if operation.phase == "Failed" or operation.phase == "Error" then health.status = "Degraded" end
  end
  return health
end
if obj.status.health ~= nil and obj.status.health.status ~= nil then
  health.status = obj.status.health.status
  health.message = obj.status.health.message or ""
end
return health
`;

/**
 * Everything of Crossplane: claims, composites, managed resources, definitions, packages and their revisions. Argo CD
 * has checks for its groups, but calls healthy what has no status yet, and any one good condition is enough for it.
 */
export const CROSSPLANE_HEALTH = `local health = { status = "Progressing", message = "Waiting for Crossplane" }
if obj.metadata.deletionTimestamp ~= nil then
  health.message = "Being deleted"
  return health
end

-- Conditions that must be true; those of a kind that has none are never set.
local wanted = { "Synced", "Ready" }
local plain = {
  ClusterProviderConfig = true, Composition = true, ControllerConfig = true, DeploymentRuntimeConfig = true,
  EnvironmentConfig = true, ImageConfig = true, ProviderConfig = true, ProviderConfigUsage = true, StoreConfig = true,
}
local package = { Configuration = true, Function = true, Provider = true }
local revision = { ConfigurationRevision = true, FunctionRevision = true, ProviderRevision = true }
local is_core = obj.apiVersion == "pkg.crossplane.io/v1" or obj.apiVersion == "pkg.crossplane.io/v1beta1"
  or obj.apiVersion == "apiextensions.crossplane.io/v1" or obj.apiVersion == "apiextensions.crossplane.io/v2"
  or obj.apiVersion == "apiextensions.crossplane.io/v1alpha1" or obj.apiVersion == "apiextensions.crossplane.io/v1beta1"
local spec = obj.spec or {}
if plain[obj.kind] then
  wanted = {}
elseif is_core and package[obj.kind] then
  wanted = { "Installed", "Healthy" }
elseif is_core and revision[obj.kind] then
  wanted = { "Healthy" }
  if spec.desiredState == "Inactive" then wanted = {} end
elseif is_core and obj.kind == "CompositeResourceDefinition" then
  wanted = { "Established" }
  if spec.claimNames ~= nil then wanted = { "Established", "Offered" } end
elseif is_core and obj.kind == "CompositionRevision" then
  wanted = {}
elseif is_core and obj.kind == "ManagedResourceDefinition" then
  wanted = { "Established" }
  if spec.state == "Inactive" then wanted = {} end
elseif is_core and obj.kind == "ManagedResourceActivationPolicy" then
  wanted = { "Healthy" }
elseif is_core and obj.kind == "Usage" or obj.apiVersion == "protection.crossplane.io/v1beta1" then
  wanted = { "Ready" }
end

local found = {}
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do found[condition.type] = condition end
end
-- Crossplane 2 tells of a revision and of what runs it apart.
if is_core and revision[obj.kind] and found.Healthy == nil and found.RevisionHealthy ~= nil then
  wanted = { "RevisionHealthy" }
  if found.RuntimeHealthy ~= nil then wanted = { "RevisionHealthy", "RuntimeHealthy" } end
  if spec.desiredState == "Inactive" then wanted = {} end
end
local function told(condition)
  local text = condition.type .. "=" .. condition.status
  if condition.reason ~= nil and condition.reason ~= "" then text = text .. " (" .. condition.reason .. ")" end
  if condition.message ~= nil and condition.message ~= "" then text = text .. ": " .. condition.message end
  return text
end

for _, condition in pairs(found) do
  if condition.status == "False" and condition.reason == "ReconcilePaused" then
    health.status = "Suspended"
    health.message = "Paused"
    return health
  end
end
-- What says that something went wrong. What isn't ready yet, or is being unpacked, only takes its time.
for _, name in ipairs({ "Synced", "LastAsyncOperation", "Installed", "Healthy", "RevisionHealthy", "RuntimeHealthy",
  "Established", "Offered", "ValidPipeline" }) do
  local condition = found[name]
  if condition ~= nil and condition.status == "False" and condition.reason ~= "UnpackingPackage" then
    health.status = "Degraded"
    health.message = told(condition)
    return health
  end
end
for _, name in ipairs(wanted) do
  local condition = found[name]
  if condition == nil or condition.status ~= "True" then
    if condition ~= nil then health.message = told(condition) end
    return health
  end
end
health.status = "Healthy"
health.message = "Ready"
return health
`;
