package main

import (
	"regexp"
	"strconv"
)

// place finds "file:line" or "file:line:column" as Go's templates and Helm write it.
var place = regexp.MustCompile(`([^\s:()<>"]+):(\d+)(?::(\d+))?`)

// yamlLine finds the line in messages of the YAML parsers.
var yamlLine = regexp.MustCompile(`line (\d+)`)

// templateFailure reads the innermost place out of an error chain: an include that fails names the
// template that asked first and the one that is broken last.
func templateFailure(err error, known func(file string) bool) *failure {
	f := fail(kindTemplate, "%v", err)
	for _, match := range place.FindAllStringSubmatch(err.Error(), -1) {
		if !known(match[1]) {
			continue
		}
		f.File = match[1]
		f.Line, _ = strconv.Atoi(match[2])
		f.Column, _ = strconv.Atoi(match[3])
	}
	return f
}

// yamlFailure reads the line out of an error of a YAML parser.
func yamlFailure(k kind, file string, err error) *failure {
	f := fail(k, "%v", err).in(file)
	if match := yamlLine.FindStringSubmatch(err.Error()); match != nil {
		f.Line, _ = strconv.Atoi(match[1])
	}
	return f
}
