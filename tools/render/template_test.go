package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func render(text, data string) (string, error) {
	result, err := renderTemplate(templateRequest{
		Name:  "values/web.yaml.gotmpl",
		Text:  text,
		Data:  json.RawMessage(data),
		Files: map[string][]byte{"values/motd.txt": []byte("hi"), "values/sub/x": nil},
	})
	if err != nil {
		return "", err
	}
	return result.(templateResult).Text, nil
}

func TestTemplates(t *testing.T) {
	const data = `{"Values": {"a": {"b": "x"}, "big": 12345678, "half": 0.5, "list": [1, {"k": [true]}]}, "Environment": {"Name": "prod"}}`
	for name, c := range map[string]struct{ text, want string }{
		"values":                        {`{{ .Values.a.b }} {{ .Environment.Name }}`, "x prod"},
		"whole numbers stay whole":      {`{{ .Values.big }} {{ .Values.half }}`, "12345678 0.5"},
		"sprig":                         {`{{ .Values.a.b | upper | quote }}`, `"X"`},
		"toYaml as helmfile has it":     {`{{ .Values.list | toYaml }}`, "- 1\n- k:\n    - true\n"},
		"fromYaml":                      {`{{ (fromYaml "p: {q: 7}").p.q }}`, "7"},
		"get walks a path":              {`{{ get "a.b" .Values }}`, "x"},
		"get takes a default":           {`{{ get "a.c" "d" .Values }}`, "d"},
		"getOrNil":                      {`{{ getOrNil "a.c" .Values | default "none" }}`, "none"},
		"setValueAtPath":                {`{{ (setValueAtPath "a.c.d" 1 .Values).a.c.d }}`, "1"},
		"tpl sees the data it is given": {`{{ tpl "{{ .b }}" .Values.a }}`, "x"},
		"include":                       {`{{ define "n" }}[{{ .b }}]{{ end }}{{ include "n" .Values.a }}`, "[x]"},
		"readFile":                      {`{{ readFile "values/motd.txt" }}{{ isFile "nope" }}{{ isDir "values" }}`, "hifalsetrue"},
		"readDir":                       {`{{ readDir "values" }}`, "[values/motd.txt]"},
		"zones without files":           {`{{ dateInZone "15:04" (toDate "2006-01-02 15:04" "2026-11-24 00:00") "Asia/Tokyo" }}`, "09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := render(c.text, data)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTemplateErrorsHaveAPlace(t *testing.T) {
	for name, c := range map[string]struct {
		text         string
		line, column int
		says         string
	}{
		"missing key":       {"a: 1\nb: {{ .Values.nope }}", 2, 13, "nope"},
		"does not parse":    {"a: 1\n\nb: {{ if }}", 3, 0, "missing value for if"},
		"unknown function":  {"{{ nosuch 1 }}", 1, 0, "not defined"},
		"env is refused":    {"\n{{ env \"HOME\" }}", 2, 3, "do not see the environment"},
		"exec is refused":   {"{{ exec \"id\" (list) }}", 1, 3, "run no programs"},
		"required":          {"x\n{{ required \"say which\" .Values.a.c }}", 2, 31, "c"},
		"readFile outside":  {"{{ readFile \"../../etc/passwd\" }}", 1, 3, "no such file in the snapshot"},
		"endless recursion": {"{{ define \"r\" }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}", 1, 19, "deep"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := render(c.text, `{"Values": {"a": {}}}`)
			f := wantFailure(t, err, kindTemplate)
			if f.File != "values/web.yaml.gotmpl" || f.Line != c.line || (c.column > 0 && f.Column != c.column) {
				t.Errorf("place %s:%d:%d, want line %d column %d (%s)", f.File, f.Line, f.Column, c.line, c.column, f.Message)
			}
			if !strings.Contains(f.Message, c.says) {
				t.Errorf("%q does not say %q", f.Message, c.says)
			}
		})
	}
}

func TestAnOutputWithoutEndIsRefused(t *testing.T) {
	_, err := render(`{{ range until 100000 }}{{ repeat 1000 "x" }}{{ end }}`, `{}`)
	f := wantFailure(t, err, kindTemplate)
	if !strings.Contains(f.Message, "too large") {
		t.Error(f.Message)
	}
}

func TestValuesMergeInOrder(t *testing.T) {
	merged, err := merge(valuesRequest{
		Values: []valuesFile{
			{Name: "a.yaml", YAML: "a: {x: 1, yy: 2}\nl: [1, 2]\n"},
			{Name: "b.yaml", YAML: "a: {x: 3, z: null}\n---\nl: [3]\n"},
			{Name: "inline", Map: json.RawMessage(`{"a": {"yy": null}, "n": 12345678}`)},
		},
		Set:       []string{"s.t=7"},
		SetString: []string{"u=7"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"a":{"x":3,"yy":null,"z":null},"l":[3],"n":12345678,"s":{"t":7},"u":"7"}`
	if got := asJSON(t, merged); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestBrokenValuesNameFileAndLine(t *testing.T) {
	_, err := merge(valuesRequest{Values: []valuesFile{{Name: "b.yaml", YAML: "a: 1\nb: [\n"}}})
	f := wantFailure(t, err, kindValues)
	if f.File != "b.yaml" || f.Line == 0 {
		t.Errorf("%+v", f)
	}
	_, err = merge(valuesRequest{Values: []valuesFile{{Name: "l.yaml", YAML: "- 1\n"}}})
	wantFailure(t, err, kindValues)
}
