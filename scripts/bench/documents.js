import fs from 'node:fs';
import path from 'node:path';

/**
 * The documents of the validation benchmark, one a file, ten a service: what a service of this platform has, in the
 * size that it has there. All are valid, by every check and policy: what is measured is reading and checking, not
 * printing.
 */

/**
 * Writes them into folders of ten. Returns the files.
 * @param {string} folder
 * @param {number} count
 * @returns {readonly string[]}
 */
export function writeDocuments(folder, count) {
  const files = [];
  fs.mkdirSync(path.join(folder, 'cluster'), { recursive: true });
  for (const [kind, text] of Object.entries(OF_CLUSTER)) {
    files.push(path.join(folder, 'cluster', `${kind}.yaml`));
    fs.writeFileSync(files.at(-1) ?? '', text);
  }
  for (let service = 0; files.length < count; service++) {
    const name = `service-${String(service).padStart(4, '0')}`;
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (const [kind, text] of Object.entries(documentsOf(name)).slice(0, count - files.length)) {
      const file = path.join(folder, name, `${kind}.yaml`);
      fs.writeFileSync(file, text);
      files.push(file);
    }
  }
  return files;
}

/** What services stand on. @type {Readonly<Record<string, string>>} */
const OF_CLUSTER = {
  namespace: `apiVersion: v1
kind: Namespace
metadata:
  name: tideline
  labels:
    pod-security.kubernetes.io/enforce: restricted
`,
  system: `apiVersion: v1
kind: Namespace
metadata:
  name: plimsoll-system
`,
  // What policies take their values from, so that none of them is left out.
  environment: `apiVersion: v1
kind: ConfigMap
metadata:
  name: environment
  namespace: plimsoll-system
data:
  stage: staging
  product: tideline
  domains: tideline.example
  regions: eu-west-1
  registries: 111122223333.dkr.ecr.eu-west-1.amazonaws.com
  tags: |
    environment
    product
`,
  // No pod of theirs is reached from anywhere, unless another policy says so.
  networkpolicy: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: tideline
spec:
  podSelector: {}
  policyTypes:
  - Ingress
  - Egress
`,
  ingressclass: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: alb
spec:
  controller: ingress.k8s.aws/alb
`,
};

/** @param {string} name @returns {Readonly<Record<string, string>>} */
function documentsOf(name) {
  /** @param {string} apiVersion @param {string} kind */
  const head = (apiVersion, kind, namespaced = true) => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
${namespaced ? '  namespace: tideline\n' : ''}  labels:
    app.kubernetes.io/managed-by: plimsoll
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: tideline
`;
  const selector = `
    matchLabels:
      app.kubernetes.io/name: ${name}
      app.kubernetes.io/part-of: tideline`;
  return {
    serviceaccount: `${head('v1', 'ServiceAccount')}  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/tideline-${name}
automountServiceAccountToken: false
`,
    configmap: `${head('v1', 'ConfigMap')}data:
  log.level: info
  harbours: hamburg,rotterdam,antwerp
  routes.yaml: |
    - { from: hamburg, to: rotterdam, every: 12h }
    - { from: rotterdam, to: antwerp, every: 6h }
`,
    deployment: `${head('apps/v1', 'Deployment')}spec:
  revisionHistoryLimit: 5
  selector:${selector}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: tideline
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      serviceAccountName: ${name}
      terminationGracePeriodSeconds: 60
      securityContext:
        fsGroup: 10001
        fsGroupChangePolicy: OnRootMismatch
        runAsGroup: 10001
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile:
          type: RuntimeDefault
      containers:
      - name: ${name}
        image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/tideline/${name}@sha256:0b7d9c1e5f3a2846b0d1c2e3f4a5968778695a4b3c2d1e0f9a8b7c6d5e4f3021
        env:
        - name: HARBOUR
          value: hamburg
        - name: LOG_LEVEL
          valueFrom:
            configMapKeyRef:
              name: ${name}
              key: log.level
        ports:
        - name: main
          containerPort: 8080
          protocol: TCP
        lifecycle:
          preStop:
            sleep:
              seconds: 15
        livenessProbe:
          failureThreshold: 6
          periodSeconds: 10
          timeoutSeconds: 3
          tcpSocket:
            port: 8080
        readinessProbe:
          failureThreshold: 3
          periodSeconds: 5
          timeoutSeconds: 3
          httpGet:
            path: /ready
            port: 8080
        startupProbe:
          failureThreshold: 12
          periodSeconds: 5
          timeoutSeconds: 3
          httpGet:
            path: /ready
            port: 8080
        resources:
          limits:
            memory: 512Mi
          requests:
            cpu: 250m
            memory: 512Mi
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities:
            drop:
            - ALL
        volumeMounts:
        - mountPath: /tmp
          name: tmp
        - mountPath: /etc/routes
          name: routes
          readOnly: true
      topologySpreadConstraints:
      - labelSelector:
          matchLabels:
            app.kubernetes.io/name: ${name}
            app.kubernetes.io/part-of: tideline
        maxSkew: 1
        topologyKey: topology.kubernetes.io/zone
        whenUnsatisfiable: DoNotSchedule
      volumes:
      - emptyDir: {}
        name: tmp
      - configMap:
          name: ${name}
        name: routes
`,
    service: `${head('v1', 'Service')}spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: tideline
  ports:
  - name: main
    port: 80
    targetPort: main
    protocol: TCP
`,
    horizontalpodautoscaler: `${head('autoscaling/v2', 'HorizontalPodAutoscaler')}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 3
  maxReplicas: 12
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70
`,
    poddisruptionbudget: `${head('policy/v1', 'PodDisruptionBudget')}spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:${selector}
`,
    networkpolicy: `${head('networking.k8s.io/v1', 'NetworkPolicy')}spec:
  podSelector:${selector}
  policyTypes:
  - Ingress
  - Egress
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app.kubernetes.io/part-of: tideline
    ports:
    - port: 8080
      protocol: TCP
  egress:
  - to:
    - ipBlock:
        cidr: 10.30.0.0/16
        except:
        - 10.30.255.0/24
    ports:
    - port: 443
      protocol: TCP
`,
    ingress: `${head('networking.k8s.io/v1', 'Ingress')}spec:
  ingressClassName: alb
  tls:
  - hosts: [${name}.tideline.example]
  rules:
  - host: ${name}.tideline.example
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: ${name}
            port:
              name: main
`,
    storageclass: `${head('storage.k8s.io/v1', 'StorageClass', false)}provisioner: ebs.csi.aws.com
allowVolumeExpansion: true
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer
parameters:
  type: gp3
  encrypted: "true"
`,
    queue: `${head('sqs.aws.upbound.io/v1beta1', 'Queue', false)}spec:
  deletionPolicy: Orphan
  providerConfigRef:
    name: default
  forProvider:
    name: tideline-${name}
    region: eu-west-1
    messageRetentionSeconds: 1209600
    sqsManagedSseEnabled: true
    visibilityTimeoutSeconds: 60
    tags:
      environment: production
      product: tideline
`,
  };
}
