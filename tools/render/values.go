package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"
)

// valuesFile is one -f of Helm: a file's text, an inline map (JSON is YAML), or a file that SOPS
// encrypted.
type valuesFile struct {
	Name string          `json:"name"`
	YAML string          `json:"yaml"`
	Map  json.RawMessage `json:"map"`
	Sops *string         `json:"sops"`
}

type valuesRequest struct {
	Values []valuesFile `json:"values"`
	// Set are --set arguments, which come after all files.
	Set []string `json:"set"`
	// SetString are --set-string arguments, which come after --set.
	SetString []string `json:"setString"`
	// SetFile are --set-file arguments, which come last.
	SetFile []setFile `json:"setFile"`
	// AgeKeys open the encrypted files.
	AgeKeys string `json:"ageKeys"`
	// told are the values that were decrypted for this request.
	told *secrets
}

// setFile is one --set-file: a path into the values and a file's content.
type setFile struct {
	Name    string `json:"name"`
	Content []byte `json:"content"`
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

// merge does what Helm does with -f, --set, --set-string and --set-file: the same functions in the same
// order. A null stays, because it deletes a default of the chart later.
func merge(r valuesRequest) (map[string]any, error) {
	base := map[string]any{}
	for _, file := range r.Values {
		text, err := r.text(file)
		if err != nil {
			return nil, err
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
	for i, set := range r.SetFile {
		// Helm's parser reads the file by its path; here the path is the place in the list.
		content := func([]rune) (any, error) { return string(set.Content), nil }
		if err := strvals.ParseIntoFile(set.Name+"="+strconv.Itoa(i), base, content); err != nil {
			return nil, fail(kindValues, "%v", err).in(fmt.Sprintf("setFile[%d]", i))
		}
	}
	return base, nil
}

func (r valuesRequest) text(file valuesFile) ([]byte, error) {
	if len(file.Map) > 0 {
		return file.Map, nil
	}
	if file.Sops == nil {
		return []byte(file.YAML), nil
	}
	told := r.told
	if told == nil {
		told = &secrets{}
	}
	documents, err := decrypt(file.Name, *file.Sops, r.AgeKeys, told)
	if err != nil {
		return nil, err
	}
	text, err := mergedYAML(documents)
	if err != nil {
		return nil, fail(kindSecret, "%v", err).in(file.Name)
	}
	return text, nil
}
