package main

import (
	"path"
	"slices"
	"strings"
)

// memoryFiles answers as the parent does, for templates that stand in the folder "values".
type memoryFiles map[string]string

func (m memoryFiles) ask(q fileQuestion) (fileAnswer, error) {
	name := path.Join("values", q.Path)
	if strings.HasPrefix(name, "..") || path.IsAbs(q.Path) {
		return fileAnswer{Refused: "leads out of the snapshot"}, nil
	}
	if text, ok := m[name]; ok {
		return fileAnswer{Kind: "file", Content: []byte(text)}, nil
	}
	found := map[fileEntry]bool{}
	for file := range m {
		if below, ok := strings.CutPrefix(file, name+"/"); ok {
			first, _, dir := strings.Cut(below, "/")
			found[fileEntry{first, dir}] = true
		}
	}
	if len(found) == 0 {
		return fileAnswer{Kind: "none"}, nil
	}
	answer := fileAnswer{Kind: "dir"}
	for entry := range found {
		answer.Entries = append(answer.Entries, entry)
	}
	slices.SortFunc(answer.Entries, func(a, b fileEntry) int { return strings.Compare(a.Called, b.Called) })
	return answer, nil
}
