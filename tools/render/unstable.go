package main

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// maxPointers bounds what is told of one object; beyond it the whole object is called unstable.
const maxPointers = 200

// markUnstable compares two renders of one chart and notes on the first what differs. Objects belong
// together by identity, and those whose very name is random by their order in the template.
func markUnstable(first, second []*renderedObject) {
	byIdentity := map[string][]int{}
	for i, object := range second {
		id := identity(object)
		byIdentity[id] = append(byIdentity[id], i)
	}
	used := make([]bool, len(second))
	var alone []int
	for i := range first {
		id := identity(first[i])
		partners := byIdentity[id]
		if len(partners) == 0 {
			alone = append(alone, i)
			continue
		}
		used[partners[0]] = true
		compare(first[i], second[partners[0]])
		byIdentity[id] = partners[1:]
	}
	for _, i := range alone {
		partner := -1
		for j := range second {
			if !used[j] && sameTemplate(first[i], second[j]) {
				partner = j
				break
			}
		}
		if partner < 0 {
			first[i].Unstable = []string{""}
			continue
		}
		used[partner] = true
		compare(first[i], second[partner])
	}
}

func sameTemplate(a, b *renderedObject) bool {
	return a.Source == b.Source && a.Object["kind"] == b.Object["kind"]
}

func compare(first, second *renderedObject) {
	pointers := differences("", first.Object, second.Object, nil)
	if len(pointers) > maxPointers {
		pointers = []string{""}
	}
	first.Unstable = pointers
}

func identity(object *renderedObject) string {
	metadata, _ := object.Object["metadata"].(map[string]any)
	return fmt.Sprint(object.Object["apiVersion"], "\x00", object.Object["kind"], "\x00", metadata["namespace"], "\x00", metadata["name"])
}

// differences are the JSON pointers (RFC 6901) of the outermost values that differ.
func differences(at string, a, b any, found []string) []string {
	if reflect.DeepEqual(a, b) {
		return found
	}
	mapA, okA := a.(map[string]any)
	mapB, okB := b.(map[string]any)
	if okA && okB {
		for _, key := range keysOf(mapA, mapB) {
			valueA, inA := mapA[key]
			valueB, inB := mapB[key]
			pointer := at + "/" + escape(key)
			if inA != inB {
				found = append(found, pointer)
				continue
			}
			found = differences(pointer, valueA, valueB, found)
		}
		return found
	}
	listA, okA := a.([]any)
	listB, okB := b.([]any)
	if okA && okB && len(listA) == len(listB) {
		for i := range listA {
			found = differences(at+"/"+strconv.Itoa(i), listA[i], listB[i], found)
		}
		return found
	}
	return append(found, at)
}

func keysOf(a, b map[string]any) []string {
	keys := make([]string, 0, len(a))
	for key := range a {
		keys = append(keys, key)
	}
	for key := range b {
		if _, there := a[key]; !there {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func escape(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

func deepCopy(value any) any {
	switch v := value.(type) {
	case map[string]any:
		copied := make(map[string]any, len(v))
		for key, item := range v {
			copied[key] = deepCopy(item)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, item := range v {
			copied[i] = deepCopy(item)
		}
		return copied
	default:
		return value
	}
}
