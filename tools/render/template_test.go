package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func render(text, data string) (string, error) {
	result, err := renderTemplate(templateRequest{
		Name: "values/web.yaml.gotmpl",
		Text: text,
		Data: json.RawMessage(data),
		Env:  map[string]string{"REGION": "tokyo", "EMPTY": ""},
		Helpers: []namedText{
			{Name: "values/_a b.tpl", Text: `{{ define "label" }}<{{ .b }}>{{ end }}`},
			{Name: "values/_broken.tpl", Text: "{{ define \"broken\" }}\n{{ .nope }}{{ end }}"},
		},
		AllowFiles: true,
	}, memoryFiles{"values/motd.txt": "hi", "values/sub/x": "", "top.txt": "t"}.ask)
	if err != nil {
		return "", err
	}
	return result.(templateResult).Text, nil
}

func TestTemplates(t *testing.T) {
	const data = `{"Values": {"a": {"b": "x"}, "big": 12345678, "half": 0.5, "huge": 18446744073709551615, "list": [1, {"k": [true]}]}, "Environment": {"Name": "prod"}}`
	for name, c := range map[string]struct{ text, want string }{
		"values":                        {`{{ .Values.a.b }} {{ .Environment.Name }}`, "x prod"},
		"whole numbers stay whole":      {`{{ .Values.big }} {{ .Values.half }}`, "12345678 0.5"},
		"sprig":                         {`{{ .Values.a.b | upper | quote }}`, `"X"`},
		"toYaml as helmfile has it":     {`{{ .Values.list | toYaml }}`, "- 1\n- k:\n    - true\n"},
		"fromYaml":                      {`{{ (fromYaml "p: {q: 7}").p.q }}`, "7"},
		"get walks a path":              {`{{ get "a.b" .Values }}`, "x"},
		"get takes a default":           {`{{ get "a.c" "d" .Values }}`, "d"},
		"getOrNil":                      {`{{ getOrNil "a.c" .Values | default "none" }}`, "none"},
		"setValueAtPath":                {`{{ (setValueAtPath "a.c" 1 .Values).a.c }}`, "1"},
		"tpl sees the data it is given": {`{{ tpl "{{ .b }}" .Values.a }}`, "x"},
		"include":                       {`{{ define "n" }}[{{ .b }}]{{ end }}{{ include "n" .Values.a }}`, "[x]"},
		"include of a helper beside it": {`{{ include "label" .Values.a }}`, "<x>"},
		"tpl knows the helpers":         {`{{ tpl "{{ include \"label\" . }}" .Values.a }}`, "<x>"},
		"readFile":                      {`{{ readFile "motd.txt" }}{{ isFile "nope" }}{{ isDir "sub" }}{{ isDir "motd.txt" }}`, "hifalsetruefalse"},
		"readFile one folder up":        {`{{ readFile "../top.txt" }}`, "t"},
		"readDir has files only":        {`{{ readDir "." }}{{ readDir "./sub" }}`, "[motd.txt][sub/x]"},
		"readDirEntries has all":        {`{{ range readDirEntries "." }}{{ .Name }} {{ .IsDir }},{{ end }}`, "motd.txt false,sub true,"},
		"env of listed names":           {`{{ env "REGION" }}{{ requiredEnv "REGION" }}{{ expandenv "$REGION-${EMPTY}" }}[{{ env "EMPTY" }}]`, "tokyotokyotokyo-[]"},
		"fromYaml of a list":            {`{{ index (fromYaml "[4, 5]") 1 }}`, "5"},
		"getOrNil on the way":           {`{{ getOrNil "a.b.c.d" .Values | default "none" }}`, "none"},
		"sprigGet is sprig's":           {`{{ sprigGet .Values.a "b" }}{{ sprigGet .Values.a "z" }}`, "x"},
		"tpl forgets what was defined":  {`{{ define "n" }}1{{ end }}{{ tpl "{{ define \"n\" }}2{{ end }}{{ include \"n\" . }}" . }}{{ include "n" . }}`, "21"},
		"large whole numbers":           {`{{ .Values.huge }}`, "18446744073709551615"},
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
		"missing key":                      {"a: 1\nb: {{ .Values.nope }}", 2, 14, "nope"},
		"a near key is named":              {"{{ .Values.plain.colour }}", 1, 11, `did you mean "color"?`},
		"does not parse":                   {"a: 1\n\nb: {{ if }}", 3, 0, "missing value for if"},
		"unknown function":                 {"{{ toYmal 1 }}", 1, 0, `did you mean "toYaml"?`},
		"env not listed":                   {"\n{{ env \"HOME\" }}", 2, 4, "spec.apps.env"},
		"expandenv not listed":             {"{{ expandenv \"$HOME\" }}", 1, 4, "spec.apps.env"},
		"requiredEnv empty":                {"{{ requiredEnv \"EMPTY\" }}", 1, 4, "is not set"},
		"exec is refused":                  {"{{ exec \"id\" (list) }}", 1, 4, "run no programs"},
		"no name servers":                  {"{{ getHostByName \"x\" }}", 1, 4, "ask no name servers"},
		"required":                         {"x\n{{ required \"say which\" .Values.a.c }}", 2, 32, "c"},
		"required says why":                {"x\n{{ required \"say which\" \"\" }}", 2, 4, "say which"},
		"readFile outside":                 {"{{ readFile \"../../etc/passwd\" }}", 1, 4, "leads out of the snapshot"},
		"isFile outside":                   {"{{ isFile \"/etc/passwd\" }}", 1, 4, "leads out of the snapshot"},
		"readFile of nothing":              {"{{ readFile \"nope\" }}", 1, 4, "no such file"},
		"readDir of a file":                {"{{ readDir \"motd.txt\" }}", 1, 4, "no such folder"},
		"get says where":                   {"{{ get \"a.z.y\" .Values }}", 1, 4, `there is no "z"`},
		"no default for a text on the way": {"{{ get \"plain.color.x\" 1 .Values }}", 1, 4, "is not in a map"},
		"setValueAtPath makes no maps":     {"{{ setValueAtPath \"a.c.d\" 1 .Values }}", 1, 4, "does not exist"},
		"inside tpl it is the call":        {"a\n{{ tpl \"{{ .nope }}\" .Values.a }}", 2, 4, "nope"},
		"endless recursion":                {"{{ define \"r\" }}{{ include \"r\" . }}{{ end }}{{ include \"r\" . }}", 1, 20, "deep"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := render(c.text, `{"Values": {"a": {}, "plain": {"color": "red"}}}`)
			want := kindTemplate
			if slices.Contains([]string{"unknown function", "exec is refused", "no name servers"}, name) {
				want = kindFunction
			}
			f := wantFailure(t, err, want)
			if f.File != "values/web.yaml.gotmpl" || f.Line != c.line || (c.column > 0 && f.Column != c.column) {
				t.Errorf("place %s:%d:%d, want line %d column %d (%s)", f.File, f.Line, f.Column, c.line, c.column, f.Message)
			}
			if !strings.Contains(f.Message, c.says) {
				t.Errorf("%q does not say %q", f.Message, c.says)
			}
		})
	}
}

func TestAnErrorInAHelperNamesTheHelperAndWhoAsked(t *testing.T) {
	_, err := render("a\n{{ include \"broken\" .Values }}", `{"Values": {}}`)
	f := wantFailure(t, err, kindTemplate)
	if f.File != "values/_broken.tpl" || f.Line != 2 || f.Column != 4 || f.Offending != ".nope" {
		t.Errorf("%+v", f)
	}
	if !strings.HasSuffix(f.Message, "(on the way from values/web.yaml.gotmpl:2)") {
		t.Error(f.Message)
	}
}

func TestAMessageThatEndsWithAPlaceKeepsItsReason(t *testing.T) {
	_, err := render("a: {{ .Values\n", `{"Values": {}}`)
	f := wantFailure(t, err, kindTemplate)
	if f.Line == 0 || !strings.HasPrefix(f.Message, "unclosed action started at") {
		t.Errorf("%+v", f)
	}
}

func TestTheOffendingPieceIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"{{ .Values.nope }}":    ".Values.nope",
		"a: 1\n  b: {{ if }}\n": "b: {{ if }}",
	} {
		_, err := render(text, `{"Values": {}}`)
		if f := wantFailure(t, err, kindTemplate); f.Offending != want {
			t.Errorf("%q: %q, want %q", text, f.Offending, want)
		}
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
		SetFile:   []setFile{{Name: "a.cert", Content: []byte("x,y={}\n")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"a":{"cert":"x,y={}\n","x":3,"yy":null,"z":null},"l":[3],"n":12345678,"s":{"t":7},"u":"7"}`
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

func TestATemplateSaysWhetherItsTextIsTheSameAtAnyTime(t *testing.T) {
	for expression, want := range map[string]bool{
		`{{ .a | upper }}`:                           true,
		`{{ randAlphaNum 8 }}`:                       false,
		`{{ now | date "2006" }}`:                    false,
		`{{ tpl "{{ uuidv4 }}" . }}`:                 false,
		`{{ if false }}{{ uuidv4 }}{{ end }}`:        true,
		`{{ toDate "2006" "2024" | durationRound }}`: false,
	} {
		result, err := renderTemplate(templateRequest{Name: "t", Text: expression, Data: json.RawMessage(`{"a": "b"}`)}, nil)
		if err != nil {
			t.Fatal(expression, err)
		}
		if got := result.(templateResult).Stable; got != want {
			t.Errorf("%s: stable is %t", expression, got)
		}
	}
}
