{{- define "cm.name" -}}{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}{{- end -}}
{{- define "cm.fullname" -}}
{{- if contains (include "cm.name" .) .Release.Name -}}{{ .Release.Name }}{{- else -}}{{ printf "%s-%s" .Release.Name (include "cm.name" .) }}{{- end -}}
{{- end -}}
{{- define "cm.labels" -}}
app: {{ .component | default (include "cm.name" .root) }}
app.kubernetes.io/name: {{ .component | default (include "cm.name" .root) }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.global.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- define "cm.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- define "cm.gates" -}}
{{- $gates := list -}}
{{- range $name, $on := . }}{{- $gates = append $gates (printf "%s=%t" $name $on) -}}{{- end -}}
{{- join "," $gates -}}
{{- end -}}
