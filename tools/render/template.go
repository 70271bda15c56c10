package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxOutput bounds what one template can grow to; the parent's deadline ends what never returns.
const maxOutput = 32 << 20

// maxOffending bounds the piece of a template that an error repeats.
const maxOffending = 200

type templateRequest struct {
	// Name is what errors call the template: the path of its file.
	Name string `json:"name"`
	Text string `json:"text"`
	// Data is the dot: .Values, .Environment, .Release and whatever else the parent gives.
	Data json.RawMessage `json:"data"`
	// Helpers are parsed before the template: the files _*.tpl beside it, in the order of their names.
	Helpers []namedText `json:"helpers"`
	// Env is what env, requiredEnv and expandenv may read; any other name is refused.
	Env map[string]string `json:"env"`
	// AllowFiles says that the parent answers readFile and its kin.
	AllowFiles bool `json:"allowFiles"`
}

type namedText struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// templateResult says too whether the same request would give the same text at any time.
type templateResult struct {
	Text   string `json:"text"`
	Stable bool   `json:"stable"`
}

func renderTemplate(r templateRequest, ask fileAsker) (any, error) {
	data, err := dataOf(r.Data)
	if err != nil {
		return nil, err
	}
	if !r.AllowFiles {
		ask = noFiles
	}
	run := &templateRun{request: r, ask: ask, texts: map[string]string{r.Name: r.Text}}
	for _, helper := range r.Helpers {
		run.texts[helper.Name] = helper.Text
	}
	t, err := run.parse(r.Name, r.Text)
	if err != nil {
		return nil, run.failure(err, data)
	}
	out := &bounded{}
	if err := t.Execute(out, data); err != nil {
		return nil, run.failure(err, data)
	}
	return templateResult{out.String(), !run.restless}, nil
}

// failure finds the innermost place among the texts that were given, and what stands there.
func (r *templateRun) failure(err error, data any) error {
	f := templateFailure(err, r.names())
	if r.asking != nil {
		f.Kind = kindFile
	}
	f.Offending = offending(err.Error(), r.texts[f.File], f.Line)
	if hint := r.hint(err.Error(), data); hint != "" {
		f.Message = cut(f.Message + "; " + hint)
	}
	return f
}

// offending is the expression that Go's message points at, else the line of the template.
func offending(message, text string, line int) string {
	piece := ""
	if found := expression.FindAllStringSubmatch(message, -1); found != nil {
		piece = found[len(found)-1][1]
	} else if lines := strings.Split(text, "\n"); line > 0 && line <= len(lines) {
		piece = strings.TrimSpace(lines[line-1])
	}
	if len(piece) > maxOffending {
		piece = strings.ToValidUTF8(piece[:maxOffending], "") + "…"
	}
	return piece
}

// dataOf keeps whole numbers whole: as float64, 12345678 would print as 1.2345678e+07.
func dataOf(raw json.RawMessage) (any, error) {
	if len(raw) == 0 {
		return map[string]any{}, nil
	}
	data, err := exactJSON(raw)
	if err != nil {
		return nil, fail(kindRequest, "data: %v", err)
	}
	// helmfile reads YAML, where a whole number is an int.
	return plainNumbers(data, func(whole int64) any { return int(whole) }), nil
}

// exactJSON reads numbers as they are written.
func exactJSON(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var data any
	err := decoder.Decode(&data)
	return data, err
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
		return plainNumber(v, integer)
	}
	return value
}

func plainNumber(number json.Number, integer func(int64) any) any {
	if whole, err := number.Int64(); err == nil {
		return integer(whole)
	}
	if large, err := strconv.ParseUint(number.String(), 10, 64); err == nil {
		return large
	}
	float, err := number.Float64()
	if err != nil || math.IsInf(float, 0) {
		return number.String()
	}
	return float
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
