package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v6"
	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// maxProblems bounds one answer; a person mends the first ones first.
const maxProblems = 50

// noLoader refuses what Helm would fetch: a chart's "$ref" must not open files or connections.
type noLoader struct{}

func (noLoader) Load(url string) (any, error) {
	return nil, fmt.Errorf("the schema refers to %s, which is not fetched", url)
}

// validate checks values against the schemas of the chart and its dependencies, like Helm, but returns
// every violation with its pointer.
func validate(ch *chart.Chart, values map[string]any) error {
	problems, err := schemaProblems(ch, values, "", nil)
	if err != nil {
		return err
	}
	if len(problems) == 0 {
		return nil
	}
	first := problems[0]
	f := fail(kindSchema, "the values of chart %s do not meet its schema: %s: %s", first.Chart, first.Pointer, first.Message)
	f.File = first.Chart + "/values.schema.json"
	f.Problems = problems
	return f
}

func schemaProblems(ch *chart.Chart, values map[string]any, at string, found []problem) ([]problem, error) {
	if ch.Schema != nil {
		output, err := check(ch, values)
		if err != nil {
			return nil, fail(kindChart, "schema: %v", err).in(ch.Name() + "/values.schema.json")
		}
		for _, unit := range leaves(output) {
			if len(found) < maxProblems {
				found = append(found, problem{
					Chart:   ch.Name(),
					Pointer: at + unit.InstanceLocation,
					Message: cut(unit.Error.String()),
				})
			}
		}
	}
	for _, dependency := range ch.Dependencies() {
		raw, there := values[dependency.Name()]
		if !there || raw == nil {
			continue
		}
		pointer := at + "/" + dependency.Name()
		inner, ok := raw.(map[string]any)
		if !ok {
			found = append(found, problem{
				Chart:   dependency.Name(),
				Pointer: pointer,
				Message: fmt.Sprintf("expected an object, got %T", raw),
			})
			continue
		}
		var err error
		if found, err = schemaProblems(dependency, inner, pointer, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func check(ch *chart.Chart, values map[string]any) (output *jsonschema.OutputUnit, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot be used: %v", r)
		}
	}()
	const name = "file:///values.schema.json"
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(ch.Schema))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(noLoader{})
	if err := compiler.AddResource(name, schema); err != nil {
		return nil, err
	}
	validator, err := compiler.Compile(name)
	if err != nil {
		return nil, err
	}
	err = validator.Validate(values)
	var violation *jsonschema.ValidationError
	if errors.As(err, &violation) {
		return violation.BasicOutput(), nil
	}
	return nil, err
}

// leaves leaves out the units that only say that something below them is wrong.
func leaves(output *jsonschema.OutputUnit) []jsonschema.OutputUnit {
	if output == nil {
		return nil
	}
	var units []jsonschema.OutputUnit
	for _, unit := range output.Errors {
		if unit.Error != nil {
			units = append(units, unit)
		}
	}
	if len(units) == 0 && output.Error != nil {
		units = append(units, *output)
	}
	return units
}
