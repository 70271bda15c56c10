package main

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"go.yaml.in/yaml/v3"
)

// refusals are functions of helmfile and sprig that reach outside the snapshot. They parse, so that
// the error has the place and the reason instead of "function not defined".
var refusals = map[string]string{
	"env":              "templates do not see the environment; put the value into the environment's values",
	"expandenv":        "templates do not see the environment; put the value into the environment's values",
	"requiredEnv":      "templates do not see the environment; put the value into the environment's values",
	"exec":             "templates run no programs",
	"envExec":          "templates run no programs",
	"getHostByName":    "templates ask no name servers",
	"fetchSecretValue": "secret back ends are not supported",
	"expandSecretRefs": "secret back ends are not supported",
	"readDirEntries":   "use readDir",
}

// maxDepth ends include and tpl that call themselves, as Helm does.
const maxDepth = 1000

// helmfileFuncs are sprig's functions and helmfile's own. Where both have one name, helmfile's wins.
func helmfileFuncs(t *template.Template, files snapshotFiles) template.FuncMap {
	funcs := sprig.TxtFuncMap()
	funcs["sprigGet"] = funcs["get"]
	for name, reason := range refusals {
		funcs[name] = refused(name, reason)
	}
	depth := 0
	run := func(execute func(*bounded) error) (string, error) {
		if depth++; depth > maxDepth {
			return "", fmt.Errorf("templates call each other more than %d deep", maxDepth)
		}
		defer func() { depth-- }()
		out := &bounded{}
		err := execute(out)
		return out.String(), err
	}
	own := template.FuncMap{
		"toYaml":         toYAML,
		"fromYaml":       fromYAML,
		"required":       required,
		"get":            get,
		"getOrNil":       getOrNil,
		"setValueAtPath": setValueAtPath,
		"readFile":       files.read,
		"isFile":         files.isFile,
		"isDir":          files.isDir,
		"readDir":        files.list,
		"include": func(name string, data any) (string, error) {
			return run(func(out *bounded) error { return t.ExecuteTemplate(out, name, data) })
		},
		"tpl": func(text string, data any) (string, error) {
			return run(func(out *bounded) error {
				clone, err := t.Clone()
				if err != nil {
					return err
				}
				// A clone forgets the option (golang/go issue 43022).
				inner, err := clone.Option("missingkey=error").New("tpl").Parse(text)
				if err != nil {
					return err
				}
				return inner.Execute(out, data)
			})
		},
	}
	for name, function := range own {
		funcs[name] = function
	}
	return funcs
}

func refused(name, reason string) func(...any) (string, error) {
	return func(...any) (string, error) {
		return "", fmt.Errorf("%s is refused: %s", name, reason)
	}
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

func fromYAML(text string) (map[string]any, error) {
	value := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return nil, err
	}
	return value, nil
}

func required(warning string, value any) (any, error) {
	if value == nil || value == "" {
		return nil, errors.New(warning)
	}
	return value, nil
}

// get walks a dotted path: get "a.b" object, or get "a.b" default object.
func get(dotted string, arguments ...any) (any, error) {
	switch len(arguments) {
	case 1:
		return walk(dotted, arguments[0])
	case 2:
		value, err := walk(dotted, arguments[1])
		if err != nil {
			return arguments[0], nil
		}
		return value, nil
	default:
		return nil, errors.New("get takes a path, perhaps a default, and an object")
	}
}

func getOrNil(dotted string, object any) any {
	value, err := walk(dotted, object)
	if err != nil {
		return nil
	}
	return value
}

func walk(dotted string, object any) (any, error) {
	if dotted == "" {
		return object, nil
	}
	for _, key := range strings.Split(dotted, ".") {
		fields, ok := object.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("no value at %q: %q is not in an object but in %T", dotted, key, object)
		}
		next, ok := fields[key]
		if !ok {
			return nil, fmt.Errorf("no value at %q: there is no %q", dotted, key)
		}
		object = next
	}
	return object, nil
}

func setValueAtPath(dotted string, value any, object map[string]any) (map[string]any, error) {
	at := object
	keys := strings.Split(dotted, ".")
	for _, key := range keys[:len(keys)-1] {
		next, ok := at[key]
		if !ok {
			next = map[string]any{}
			at[key] = next
		}
		fields, ok := next.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("setValueAtPath %q: %q is %T, not an object", dotted, key, next)
		}
		at = fields
	}
	at[keys[len(keys)-1]] = value
	return object, nil
}

// snapshotFiles are the files a template may read: those the parent sent, and no others.
type snapshotFiles map[string][]byte

func (f snapshotFiles) read(name string) (string, error) {
	content, ok := f[path.Clean(name)]
	if !ok {
		return "", fmt.Errorf("readFile %q: no such file in the snapshot", name)
	}
	return string(content), nil
}

func (f snapshotFiles) isFile(name string) bool {
	_, ok := f[path.Clean(name)]
	return ok
}

func (f snapshotFiles) isDir(name string) bool {
	prefix := path.Clean(name) + "/"
	for file := range f {
		if strings.HasPrefix(file, prefix) {
			return true
		}
	}
	return false
}

// list returns the files directly in a folder, as helmfile's readDir does.
func (f snapshotFiles) list(name string) ([]string, error) {
	folder := path.Clean(name)
	found := []string{}
	for file := range f {
		if path.Dir(file) == folder {
			found = append(found, file)
		}
	}
	if len(found) == 0 && !f.isDir(name) {
		return nil, fmt.Errorf("readDir %q: no such folder in the snapshot", name)
	}
	sort.Strings(found)
	return found, nil
}
