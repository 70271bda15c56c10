package main

import (
	"context"
	"log/slog"
	"strings"
	"sync"
)

// maxWarnings bounds what one request can say beside its answer.
const maxWarnings = 50

// warningLog collects what Helm only logs, such as hooks of an unknown kind that it drops.
type warningLog struct {
	mu    sync.Mutex
	lines []string
}

func (l *warningLog) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelInfo
}

func (l *warningLog) Handle(_ context.Context, record slog.Record) error {
	var line strings.Builder
	line.WriteString(record.Message)
	record.Attrs(func(attr slog.Attr) bool {
		line.WriteString(" " + attr.Key + "=" + attr.Value.String())
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.lines) < maxWarnings {
		l.lines = append(l.lines, cut(line.String()))
	}
	return nil
}

func (l *warningLog) WithAttrs([]slog.Attr) slog.Handler { return l }

func (l *warningLog) WithGroup(string) slog.Handler { return l }

// take returns what was collected since the last call.
func (l *warningLog) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := l.lines
	l.lines = nil
	return lines
}
