package dev.hikkoshi.parity.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A helmfile with many releases as platform teams have them: a handful of charts in the repository,
 * each release with three layers of values, two of them templates, and no two releases alike.
 */
final class Fleet {

  private static final int CHARTS = 10;
  private static final int TEAMS = 7;

  private static final Map<String, String> CHART =
      Map.of(
          "values.yaml",
          """
          replicas: 1
          image: {repository: example.com/app, tag: "1"}
          service: {port: 8080}
          resources: {requests: {cpu: 50m, memory: 64Mi}}
          env: {}
          ingress: {enabled: false, host: ""}
          """,
          "templates/_helpers.tpl",
          """
          {{- define "app.labels" -}}
          app.kubernetes.io/name: {{ .Release.Name }}
          app.kubernetes.io/managed-by: {{ .Release.Service }}
          helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
          team: {{ .Values.team | quote }}
          {{- end -}}
          """,
          "templates/deployment.yaml",
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: {{ .Release.Name }}
            labels: {{- include "app.labels" . | nindent 4 }}
          spec:
            replicas: {{ .Values.replicas }}
            selector:
              matchLabels: {app.kubernetes.io/name: {{ .Release.Name }}}
            template:
              metadata:
                labels: {{- include "app.labels" . | nindent 8 }}
                annotations:
                  checksum/config: {{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}
              spec:
                containers:
                  - name: app
                    image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
                    ports: [{containerPort: {{ .Values.service.port }}}]
                    resources: {{- toYaml .Values.resources | nindent 12 }}
                    envFrom: [{configMapRef: {name: {{ .Release.Name }}}}]
          """,
          "templates/config.yaml",
          """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: {{ .Release.Name }}
            labels: {{- include "app.labels" . | nindent 4 }}
          data:
          {{- range $name, $value := .Values.env }}
            {{ $name }}: {{ $value | quote }}
          {{- end }}
          """,
          "templates/service.yaml",
          """
          apiVersion: v1
          kind: Service
          metadata:
            name: {{ .Release.Name }}
            labels: {{- include "app.labels" . | nindent 4 }}
          spec:
            selector: {app.kubernetes.io/name: {{ .Release.Name }}}
            ports: [{port: 80, targetPort: {{ .Values.service.port }}}]
          """,
          "templates/ingress.yaml",
          """
          {{- if .Values.ingress.enabled }}
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: {{ .Release.Name }}
          spec:
            rules:
              - host: {{ .Values.ingress.host }}
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: {service: {name: {{ .Release.Name }}, port: {number: 80}}}
          {{- end }}
          """);

  private static final String HELMFILE =
      """
      environments:
        production:
          values:
            - environments/production.yaml
      ---
      helmDefaults: {wait: true, timeout: 300}
      commonLabels: {environment: {{ .Environment.Name }}}
      releases:
      {{- range $i := until %d }}
        - name: app-{{ $i }}
          namespace: team-{{ mod $i %d }}
          chart: ./charts/app-{{ mod $i %d }}
          labels: {tier: {{ if eq (mod $i 2) 0 }}web{{ else }}worker{{ end }}}
          values:
            - values/common.yaml.gotmpl
            - values/team-{{ mod $i %d }}.yaml
            - values/apps/app-{{ $i }}.yaml.gotmpl
      {{- end }}
      """;

  private Fleet() {}

  /**
   * Writes it into a folder; the helmfile is {@code helmfile.yaml.gotmpl}, environment production.
   */
  static void write(Path folder, int releases) throws IOException {
    for (int chart = 0; chart < CHARTS; chart++) {
      Path place = folder.resolve("charts/app-" + chart);
      put(
          place,
          "Chart.yaml",
          "apiVersion: v2\nname: app-%d\nversion: 1.%d.0\n".formatted(chart, chart));
      for (Map.Entry<String, String> file : CHART.entrySet()) {
        put(place, file.getKey(), file.getValue());
      }
    }
    put(
        folder,
        "environments/production.yaml",
        "domain: example.com\nregistry: registry.example.com\nreplicas: {web: 3, worker: 2}\n");
    put(folder, "helmfile.yaml.gotmpl", HELMFILE.formatted(releases, TEAMS, CHARTS, TEAMS));
    put(
        folder,
        "values/common.yaml.gotmpl",
        """
        replicas: {{ get (printf "replicas.%s" .Release.Labels.tier) .Values }}
        image: {repository: "{{ .Values.registry }}/{{ .Release.Name }}"}
        env:
          ENVIRONMENT: {{ .Environment.Name }}
          NAMESPACE: {{ .Release.Namespace }}
        """);
    for (int team = 0; team < TEAMS; team++) {
      put(
          folder,
          "values/team-%d.yaml".formatted(team),
          "team: team-%d\nresources: {requests: {cpu: %d0m, memory: 64Mi}}\n"
              .formatted(team, team + 1));
    }
    for (int i = 0; i < releases; i++) {
      put(folder, app(i), appValues(i, 1));
    }
  }

  /** The values file of one release. */
  static String app(int release) {
    return "values/apps/app-" + release + ".yaml.gotmpl";
  }

  /** Its text; another tag makes another release of it. */
  static String appValues(int release, int tag) {
    return """
        image: {tag: "1.%d.%d"}
        service: {port: %d}
        {{- if eq .Release.Labels.tier "web" }}
        ingress: {enabled: true, host: "{{ .Release.Name }}.{{ .Values.domain }}"}
        {{- end }}
        env:
          NUMBER: "%d"
          {{- range $i := until 5 }}
          SETTING_{{ $i }}: {{ printf "%%s-%%d" $.Release.Name $i }}
          {{- end }}
        """
        .formatted(release, tag, 8000 + release % 1000, release);
  }

  private static void put(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
