package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"go.yaml.in/yaml/v3"
)

// refusals are functions of helmfile and sprig that reach outside the snapshot. They parse, so that
// the error has the place and the reason instead of "function not defined".
var refusals = map[string]string{
	"exec":             "templates run no programs",
	"envExec":          "templates run no programs",
	"getHostByName":    "templates ask no name servers",
	"fetchSecretValue": "secret back ends are not supported; use secrets files",
	"expandSecretRefs": "secret back ends are not supported; use secrets files",
}

// maxDepth ends include and tpl that call themselves, as Helm does.
const maxDepth = 1000

// templateRun is one request: what its templates share, those that tpl makes on the way included.
type templateRun struct {
	request templateRequest
	ask     fileAsker
	// texts are the sources by name, for the places of errors.
	texts map[string]string
	depth int
	// restless is set once a function was called that answers differently from call to call.
	restless bool
	// asking is set once the parent could not answer a question about files.
	asking error
}

// tplName is what errors call a text that tpl was given.
const tplName = "the text given to tpl"

func (r *templateRun) names() []string {
	return slices.Collect(maps.Keys(r.texts))
}

// sprigFuncs are sprig's functions, made once: there are more than two hundred. They are only read.
var sprigFuncs = sync.OnceValue(sprig.TxtFuncMap)

// fixedFuncs are the functions that are the same in every request; only read, too.
var fixedFuncs = sync.OnceValue(func() template.FuncMap {
	funcs := maps.Clone(sprigFuncs())
	funcs["sprigGet"] = funcs["get"]
	for name, reason := range refusals {
		funcs[name] = refused(name, reason)
	}
	maps.Copy(funcs, template.FuncMap{
		"toYaml":         toYAML,
		"fromYaml":       fromYAML,
		"required":       required,
		"get":            get,
		"getOrNil":       getOrNil,
		"setValueAtPath": setValueAtPath,
	})
	return funcs
})

// fixed is a template without text that knows them. A clone of it is ready at a third of the price of a new one.
var fixed = sync.OnceValue(func() *template.Template {
	return template.New("").Option("missingkey=error").Funcs(fixedFuncs())
})

// parse makes a template that knows the helpers and nothing else: helmfile gives tpl a fresh one too.
func (r *templateRun) parse(name, text string) (*template.Template, error) {
	clone, err := fixed().Clone()
	if err != nil {
		return nil, err
	}
	t := clone.New(name).Option("missingkey=error")
	t.Funcs(r.funcs(t))
	for _, helper := range r.request.Helpers {
		if _, err := t.New(helper.Name).Parse(helper.Text); err != nil {
			return nil, err
		}
	}
	return t.Parse(text)
}

// funcs are those of sprig and helmfile that belong to a request. Where both have one name, helmfile's wins.
func (r *templateRun) funcs(t *template.Template) template.FuncMap {
	funcs := restlessFuncs(func() { r.restless = true })
	maps.Copy(funcs, template.FuncMap{
		"env":            r.env,
		"requiredEnv":    r.requiredEnv,
		"expandenv":      r.expandEnv,
		"readFile":       r.readFile,
		"isFile":         r.isFile,
		"isDir":          r.isDir,
		"readDir":        r.readDir,
		"readDirEntries": r.readDirEntries,
		"include": func(name string, data any) (string, error) {
			return r.deeper(func(out *bounded) error { return t.ExecuteTemplate(out, name, data) })
		},
		"tpl": func(text string, data any) (string, error) {
			return r.deeper(func(out *bounded) error {
				inner, err := r.parse(tplName, text)
				if err != nil {
					return err
				}
				return inner.Execute(out, data)
			})
		},
	})
	return funcs
}

func (r *templateRun) deeper(execute func(*bounded) error) (string, error) {
	if r.depth++; r.depth > maxDepth {
		return "", fmt.Errorf("templates call each other more than %d deep", maxDepth)
	}
	defer func() { r.depth-- }()
	out := &bounded{}
	err := execute(out)
	return out.String(), err
}

func refused(name, reason string) func(...any) (string, error) {
	return func(...any) (string, error) {
		return "", &refusal{name, reason}
	}
}

// refusal is the error of a function that reaches outside.
type refusal struct{ name, reason string }

func (r *refusal) Error() string { return fmt.Sprintf("%s is refused: %s", r.name, r.reason) }

func (r *templateRun) env(name string) (string, error) {
	value, listed := r.request.Env[name]
	if !listed {
		// An empty answer would be a silent difference to helmfile on the author's machine.
		return "", fmt.Errorf("templates may not read %q from the environment: list it under spec.apps.env of environment.yaml", name)
	}
	return value, nil
}

func (r *templateRun) requiredEnv(name string) (string, error) {
	value, err := r.env(name)
	if err == nil && value == "" {
		return "", fmt.Errorf("required env var `%s` is not set", name)
	}
	return value, err
}

func (r *templateRun) expandEnv(text string) (string, error) {
	var failed error
	expanded := os.Expand(text, func(name string) string {
		value, err := r.env(name)
		failed = errors.Join(failed, err)
		return value
	})
	return expanded, failed
}

// toYAML keeps the final newline and indents lists, as helmfile does and Helm does not.
func toYAML(value any) (string, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(value); err != nil {
		return "", err
	}
	return out.String(), nil
}

func fromYAML(text string) (any, error) {
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return nil, err
	}
	return textKeys(value)
}

// textKeys turns maps that YAML gave other keys than text into an error, as helmfile does.
func textKeys(value any) (any, error) {
	switch v := value.(type) {
	case map[any]any:
		for key := range v {
			if _, text := key.(string); !text {
				return nil, fmt.Errorf("unexpected type of key in map: expected string, got %T: %v", key, key)
			}
		}
	case map[string]any:
		for key, item := range v {
			inner, err := textKeys(item)
			if err != nil {
				return nil, err
			}
			v[key] = inner
		}
	case []any:
		for i, item := range v {
			inner, err := textKeys(item)
			if err != nil {
				return nil, err
			}
			v[i] = inner
		}
	}
	return value, nil
}

func required(warning string, value any) (any, error) {
	if value == nil || value == "" {
		return nil, errors.New(warning)
	}
	return value, nil
}

// errNoValue is what getOrNil turns into nil.
type errNoValue struct{ says string }

func (e errNoValue) Error() string { return e.says }

// get walks a dotted path: get "a.b" object, or get "a.b" default object. A default answers for a key
// that is not there, but not for a value on the way that is no map.
func get(dotted string, arguments ...any) (any, error) {
	if len(arguments) < 1 || len(arguments) > 2 {
		return nil, fmt.Errorf("get takes a path, perhaps a default, and an object: there are %d arguments", 1+len(arguments))
	}
	object := arguments[len(arguments)-1]
	if dotted == "" {
		return object, nil
	}
	for _, key := range strings.Split(dotted, ".") {
		fields := reflect.ValueOf(object)
		if fields.Kind() != reflect.Map || fields.Type().Key().Kind() != reflect.String {
			return nil, errNoValue{fmt.Sprintf("no value at %q: %q is not in a map but in %T", dotted, key, object)}
		}
		next := fields.MapIndex(reflect.ValueOf(key))
		if !next.IsValid() {
			if len(arguments) == 2 {
				return arguments[0], nil
			}
			return nil, errNoValue{fmt.Sprintf("no value at %q: there is no %q", dotted, key)}
		}
		object = next.Interface()
	}
	return object, nil
}

func getOrNil(dotted string, object any) (any, error) {
	value, err := get(dotted, object)
	if errors.As(err, &errNoValue{}) {
		return nil, nil
	}
	return value, err
}

// setValueAtPath writes into the map it is given; the maps on the way must be there.
func setValueAtPath(dotted string, value any, object map[string]any) (map[string]any, error) {
	at := object
	keys := strings.Split(dotted, ".")
	for _, key := range keys[:len(keys)-1] {
		next, ok := at[key]
		if !ok {
			return nil, fmt.Errorf("failed to set value at path %q: value for key %q does not exist", dotted, key)
		}
		fields, ok := next.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("failed to set value at path %q: value for key %q was not a map", dotted, key)
		}
		at = fields
	}
	at[keys[len(keys)-1]] = value
	return object, nil
}
