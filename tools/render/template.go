package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"
)

// maxOutput bounds what one template can grow to; the parent's deadline ends what never returns.
const maxOutput = 32 << 20

type templateRequest struct {
	// Name is what errors call the template: the path of its file.
	Name string `json:"name"`
	Text string `json:"text"`
	// Data is the dot: .Values, .Environment, .Release and whatever else the parent gives.
	Data json.RawMessage `json:"data"`
	// Files are what readFile and its kin can see, by the path the template uses.
	Files map[string][]byte `json:"files"`
}

type templateResult struct {
	Text string `json:"text"`
}

func renderTemplate(r templateRequest) (any, error) {
	data, err := dataOf(r.Data)
	if err != nil {
		return nil, err
	}
	known := func(file string) bool { return file == r.Name }
	t := template.New(r.Name).Option("missingkey=error")
	t.Funcs(helmfileFuncs(t, snapshotFiles(r.Files)))
	if _, err := t.Parse(r.Text); err != nil {
		return nil, templateFailure(err, known)
	}
	out := &bounded{}
	if err := t.Execute(out, data); err != nil {
		return nil, templateFailure(err, known)
	}
	return templateResult{Text: out.String()}, nil
}

// dataOf keeps whole numbers whole: as float64, 12345678 would print as 1.2345678e+07.
func dataOf(raw json.RawMessage) (any, error) {
	if len(raw) == 0 {
		return map[string]any{}, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var data any
	if err := decoder.Decode(&data); err != nil {
		return nil, fail(kindRequest, "data: %v", err)
	}
	// helmfile reads YAML, where a whole number is an int.
	return plainNumbers(data, func(whole int64) any { return int(whole) }), nil
}

func plainNumbers(value any, integer func(int64) any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, item := range v {
			v[key] = plainNumbers(item, integer)
		}
	case []any:
		for i, item := range v {
			v[i] = plainNumbers(item, integer)
		}
	case json.Number:
		if whole, err := v.Int64(); err == nil {
			return integer(whole)
		}
		float, err := v.Float64()
		if err != nil {
			return v.String()
		}
		return float
	}
	return value
}

var errOutput = errors.New("the output is too large")

// bounded is a buffer that refuses to grow without end.
type bounded struct{ strings.Builder }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxOutput {
		return 0, fmt.Errorf("%w: more than %d bytes", errOutput, maxOutput)
	}
	return b.Builder.Write(p)
}
