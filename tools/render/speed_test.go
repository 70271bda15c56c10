package main

import (
	"encoding/json"
	"testing"
)

// fleetChart is of the size of the charts that teams write for their own services.
var fleetChart = map[string]string{
	"values.yaml":            "replicas: 1\nimage: {repository: example.com/app, tag: \"1\"}\nservice: {port: 8080}\nenv: {}\n",
	"templates/_helpers.tpl": "{{- define \"app.labels\" -}}\napp: {{ .Release.Name }}\nchart: {{ printf \"%s-%s\" .Chart.Name .Chart.Version }}\n{{- end -}}\n",
	"templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {{- include "app.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata:
      labels: {{- include "app.labels" . | nindent 8 }}
      annotations: {checksum: {{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}}
    spec:
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          ports: [{containerPort: {{ .Values.service.port }}}]
`,
	"templates/config.yaml":  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\ndata:\n{{- range $name, $value := .Values.env }}\n  {{ $name }}: {{ $value | quote }}\n{{- end }}\n",
	"templates/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\nspec: {ports: [{port: 80, targetPort: {{ .Values.service.port }}}]}\n",
}

// BenchmarkManifest is what a release of a fleet costs a worker, its message's JSON included.
func BenchmarkManifest(b *testing.B) {
	r := manifestRequest{chartRequest: request1(shop(fleetChart), "replicas: 3\nenv: {NUMBER: \"1\", NAME: web}\n")}
	answerAll(b, "manifest", r)
}

// BenchmarkTemplate is what a values file of a fleet costs.
func BenchmarkTemplate(b *testing.B) {
	answerAll(b, "template", templateRequest{
		Name:       "values/common.yaml.gotmpl",
		Text:       "replicas: {{ get \"replicas.web\" .Values }}\nimage: {repository: \"{{ .Values.registry }}/{{ .Release.Name }}\"}\n{{- range $i := until 5 }}\nSETTING_{{ $i }}: {{ printf \"%s-%d\" $.Release.Name $i }}\n{{- end }}\n",
		Data:       json.RawMessage(`{"Values":{"registry":"example.com","replicas":{"web":3}},"Release":{"Name":"web"}}`),
		AllowFiles: true,
	})
}

func answerAll(b *testing.B, op string, r any) {
	b.Helper()
	body, err := json.Marshal(r)
	if err != nil {
		b.Fatal(err)
	}
	message := append([]byte(`{"id":1,"op":"`+op+`",`), body[1:]...)
	b.ReportAllocs()
	for b.Loop() {
		w := &worker{told: &secrets{}}
		answer := w.answer(message)
		if answer.Error != nil {
			b.Fatal(answer.Error.Message)
		}
		if _, err := json.Marshal(answer); err != nil {
			b.Fatal(err)
		}
	}
}
