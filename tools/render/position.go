package main

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// expression finds what a message of Go's templates points at.
var expression = regexp.MustCompile(`at <(.*?)>:\s+`)

// missing and undefined are the two mistakes for which a near name helps.
var (
	missing   = regexp.MustCompile(`map has no entry for key "([^"]*)"`)
	undefined = regexp.MustCompile(`function "([^"]*)" not defined`)
)

// yamlLine finds the line in messages of the YAML parsers.
var yamlLine = regexp.MustCompile(`line (\d+)`)

// templateFailure reads the innermost place out of an error chain: an include that fails names the
// template that asked first and the one that is broken last. Of the places in between the first is kept
// in the message, because that is where a person begins to look.
func templateFailure(err error, names []string) *failure {
	message := err.Error()
	f := fail(kindTemplate, "%s", message)
	var refused *refusal
	if errors.As(err, &refused) || undefined.MatchString(message) {
		f.Kind = kindFunction
	}
	places := placesIn(message, names)
	if len(places) == 0 {
		return f
	}
	// A message may end with a place, such as where an action began that is not closed.
	for len(places) > 1 && innermost(message[places[len(places)-1].end:]) == "" {
		places = places[:len(places)-1]
	}
	first, last := places[0], places[len(places)-1]
	f.File, f.Line, f.Column = last.file, last.line, last.column
	if reason := innermost(message[last.end:]); reason != "" {
		f.Message = cut(reason)
		if first.file != last.file || first.line != last.line {
			f.Message = cut(fmt.Sprintf("%s (on the way from %s:%d)", reason, first.file, first.line))
		}
	}
	return f
}

// place is one of the places in a message, and where the message goes on.
type place struct {
	file         string
	line, column int
	end          int
}

// placesIn finds them in the order of the message. A name may hold anything a path may, so it is looked
// for literally.
func placesIn(message string, names []string) []place {
	var places []place
	for _, name := range names {
		if !strings.Contains(message, name+":") {
			continue
		}
		pattern := regexp.MustCompile(`(?:^|[^\w./-])` + regexp.QuoteMeta(name) + `:(\d+)(?::(\d+))?`)
		for _, match := range pattern.FindAllStringSubmatchIndex(message, -1) {
			at := place{file: name, end: match[1]}
			at.line, _ = strconv.Atoi(message[match[2]:match[3]])
			if match[4] >= 0 {
				// Go counts columns from 0.
				at.column, _ = strconv.Atoi(message[match[4]:match[5]])
				at.column++
			}
			places = append(places, at)
		}
	}
	slices.SortFunc(places, func(a, b place) int { return a.end - b.end })
	return places
}

// innermost is what Go or Helm says after the last place and the piece of the template.
func innermost(rest string) string {
	if found := expression.FindStringIndex(rest); found != nil {
		return rest[found[1]:]
	}
	return strings.TrimLeft(rest, "): \n")
}

// yamlFailure reads the line out of an error of a YAML parser.
func yamlFailure(k kind, file string, err error) *failure {
	f := fail(k, "%v", err).in(file)
	if match := yamlLine.FindStringSubmatch(err.Error()); match != nil {
		f.Line, _ = strconv.Atoi(match[1])
	}
	return f
}

// hint names the nearest function or key for one that is not there.
func (r *templateRun) hint(message string, data any) string {
	if match := undefined.FindStringSubmatch(message); match != nil {
		known := maps.Clone(fixedFuncs())
		maps.Copy(known, r.funcs(nil))
		return didYouMean(match[1], mapKeys(known))
	}
	match := missing.FindStringSubmatch(message)
	found := expression.FindAllStringSubmatch(message, -1)
	if match == nil || found == nil {
		return ""
	}
	at := strings.TrimPrefix(found[len(found)-1][1], "$")
	before, _, holds := strings.Cut(at, "."+match[1])
	if !holds {
		return ""
	}
	// Inside range, with and include the dot is another; then the path leads nowhere and there is no hint.
	object, err := get(strings.TrimPrefix(before, "."), data)
	if err != nil {
		return ""
	}
	return didYouMean(match[1], mapKeys(object))
}

func mapKeys(object any) []string {
	var keys []string
	if v := reflect.ValueOf(object); v.Kind() == reflect.Map {
		for _, key := range v.MapKeys() {
			keys = append(keys, fmt.Sprint(key.Interface()))
		}
	}
	return keys
}

// didYouMean names the nearest of some names, if one is near enough to be a slip of the pen.
func didYouMean(wanted string, names []string) string {
	best, distance := "", 1+max(1, len(wanted)/3)
	for _, name := range names {
		if d := editDistance(wanted, name); d < distance || d == distance && best != "" && name < best {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", best)
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(diagonal+cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
