package main

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// shortestSecret is what can be hidden without hiding half of every sentence.
const shortestSecret = 3

// secrets are the values that one request decrypted. A template can put them into its own error message,
// so every message is gone over before it leaves the process.
type secrets struct{ values []string }

func (s *secrets) add(value any) {
	text := fmt.Sprint(value)
	if _, truth := value.(bool); truth || len(text) < shortestSecret {
		return
	}
	s.values = append(s.values, text, base64.StdEncoding.EncodeToString([]byte(text)))
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != text && len(line) >= shortestSecret {
			s.values = append(s.values, line)
		}
	}
}

// hide replaces them, the longest first, because one may be part of another.
func (s *secrets) hide(text string) string {
	if len(s.values) == 0 || text == "" {
		return text
	}
	slices.SortFunc(s.values, func(a, b string) int { return len(b) - len(a) })
	for _, value := range s.values {
		text = strings.ReplaceAll(text, value, "(hidden)")
	}
	return text
}

func (s *secrets) mask(answer *response) {
	for i, line := range answer.Warnings {
		answer.Warnings[i] = s.hide(line)
	}
	f := answer.Error
	if f == nil {
		return
	}
	f.Message, f.Offending = s.hide(f.Message), s.hide(f.Offending)
	for i := range f.Problems {
		f.Problems[i].Message = s.hide(f.Problems[i].Message)
	}
}
