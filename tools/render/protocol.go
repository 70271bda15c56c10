package main

import (
	"encoding/json"
	"fmt"
)

// protocolVersion changes when an older client could misread an answer.
const protocolVersion = 3

// request is what every message from the parent has; the rest of it depends on the operation.
type request struct {
	ID uint64 `json:"id"`
	Op string `json:"op"`
}

// response carries either a result or a failure.
type response struct {
	ID       uint64   `json:"id"`
	Result   any      `json:"result,omitempty"`
	Error    *failure `json:"error,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// kind says whose mistake a failure is, and so what can be done about it.
type kind string

const (
	kindRequest      kind = "request"      // the parent's message makes no sense
	kindTemplate     kind = "template"     // a template does not parse or does not execute
	kindFunction     kind = "function"     // a template calls what is refused, or what there is not
	kindValues       kind = "values"       // a values file is not YAML, or no map
	kindChart        kind = "chart"        // the chart's files do not make a chart
	kindSchema       kind = "schema"       // the values do not meet the chart's schema
	kindIncompatible kind = "incompatible" // the chart refuses this Kubernetes version
	kindOutput       kind = "output"       // what was rendered is no Kubernetes object
	kindLookup       kind = "lookup"       // the parent could not answer a lookup
	kindFile         kind = "file"         // the parent could not read the snapshot
	kindSecret       kind = "secret"       // an encrypted file cannot be decrypted, or was changed
	kindRecord       kind = "record"       // a release record cannot be read or written
	kindTooLarge     kind = "too-large"    // the answer does not fit into a frame
	kindInternal     kind = "internal"     // a bug, here or in a library
)

// maxMessage keeps one broken template from filling a status or a log.
const maxMessage = 8 << 10

// failure is an error with a place; it is what the parent shows to a person.
type failure struct {
	Kind    kind   `json:"kind"`
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	// Offending is the piece of the template at that place.
	Offending string    `json:"offending,omitempty"`
	Problems  []problem `json:"problems,omitempty"`
}

// problem is one violation of a schema.
type problem struct {
	Chart   string `json:"chart"`
	Pointer string `json:"pointer"`
	Message string `json:"message"`
}

func (f *failure) Error() string { return string(f.Kind) + ": " + f.Message }

func fail(k kind, format string, args ...any) *failure {
	return &failure{Kind: k, Message: cut(fmt.Sprintf(format, args...))}
}

func (f *failure) in(file string) *failure {
	f.File = file
	return f
}

func cut(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	// The end of a chain of errors is what went wrong.
	return message[:maxMessage/2] + " … " + message[len(message)-maxMessage/2:]
}

// lookupCall is a question of the worker to the parent, in the midst of a chart request.
type lookupCall struct {
	ID     uint64    `json:"id"`
	Lookup lookupKey `json:"lookup"`
}

type lookupKey struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
}

// lookupAnswer has an object (a list for an empty name), nothing where there is none, or an error.
type lookupAnswer struct {
	ID     uint64          `json:"id"`
	Object json.RawMessage `json:"object"`
	Error  string          `json:"error"`
}

func decode[T any](body []byte) (T, error) {
	var value T
	if err := json.Unmarshal(body, &value); err != nil {
		return value, fail(kindRequest, "not a request of this operation: %v", err)
	}
	return value, nil
}
