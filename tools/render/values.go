package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"
)

// valuesFile is one -f of Helm: a file's text, or an inline map (JSON is YAML).
type valuesFile struct {
	Name string          `json:"name"`
	YAML string          `json:"yaml"`
	Map  json.RawMessage `json:"map"`
}

type valuesRequest struct {
	Values []valuesFile `json:"values"`
	// Set are --set arguments, which come after all files.
	Set []string `json:"set"`
	// SetString are --set-string arguments, which come last.
	SetString []string `json:"setString"`
}

type valuesResult struct {
	Values map[string]any `json:"values"`
}

func mergeValues(r valuesRequest) (any, error) {
	merged, err := merge(r)
	if err != nil {
		return nil, err
	}
	return valuesResult{Values: merged}, nil
}

// merge does what Helm does with -f, --set and --set-string: the same functions in the same order. A
// null stays, because it deletes a default of the chart later.
func merge(r valuesRequest) (map[string]any, error) {
	base := map[string]any{}
	for _, file := range r.Values {
		text := []byte(file.YAML)
		if len(file.Map) > 0 {
			text = file.Map
		}
		values, err := loader.LoadValues(bytes.NewReader(text))
		if err != nil {
			return nil, yamlFailure(kindValues, file.Name, err)
		}
		base = loader.MergeMaps(base, values)
	}
	for i, set := range r.Set {
		if err := strvals.ParseInto(set, base); err != nil {
			return nil, fail(kindValues, "%v", err).in(fmt.Sprintf("set[%d]", i))
		}
	}
	for i, set := range r.SetString {
		if err := strvals.ParseIntoString(set, base); err != nil {
			return nil, fail(kindValues, "%v", err).in(fmt.Sprintf("setString[%d]", i))
		}
	}
	return base, nil
}
