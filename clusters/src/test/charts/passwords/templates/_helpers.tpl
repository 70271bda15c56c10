{{- define "passwords.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "passwords.password" -}}
{{- $there := lookup "v1" "Secret" .Release.Namespace (include "passwords.name" .) -}}
{{- if and .Values.keep $there (index ($there.data | default dict) "password") -}}
{{- index $there.data "password" -}}
{{- else -}}
{{- randAlphaNum (int .Values.length) | b64enc -}}
{{- end -}}
{{- end -}}
