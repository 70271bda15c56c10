// Command hikkoshi-render runs the originals (Helm's engine, Go's text/template, sprig, Helm's release
// records) for a parent that is not written in Go. See PROTOCOL.md.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	_ "time/tzdata" // no file can be opened later, and templates ask for zones
)

// maxStack ends cyclic printf and the like before they take all memory; Go's own limit is 1 GB.
const maxStack = 64 << 20

// collectHard is far below the limit that ends the process.
const collectHard = 192 << 20

func main() {
	debug.SetMaxStack(maxStack)
	// One request is in work at a time; the second thread is for the collector. Setting it also keeps
	// the runtime from reading cgroup files again, which the sandbox would refuse.
	runtime.GOMAXPROCS(2)
	// A request makes much garbage and leaves nothing: at Go's own pace, a third of the time went into collecting a heap of
	// a few megabytes. Near the limit the collector works as hard as it must.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(collectHard)
	warnings := &warningLog{}
	slog.SetDefault(slog.New(warnings))
	confinement := confine()
	frames := newFrames(os.Stdin, os.Stdout, exit)
	exit(serve(&worker{frames: frames, confinement: confinement, charts: shelf{}}, warnings))
}

// exit ends the process: in order if the parent has closed its end, else with what is wrong.
func exit(err error) {
	if errors.Is(err, io.EOF) {
		os.Exit(0)
	}
	fmt.Fprintln(os.Stderr, "hikkoshi-render:", err)
	os.Exit(1)
}

// serve answers requests one after the other until the parent closes its end.
func serve(w *worker, warnings *warningLog) error {
	for {
		body, err := w.frames.read()
		if err != nil {
			return err
		}
		w.told = &secrets{}
		answer := w.answer(body)
		answer.Warnings = warnings.take()
		w.told.mask(&answer)
		if err := w.reply(answer); err != nil {
			return err
		}
	}
}

type worker struct {
	frames      *frames
	confinement confinement
	// told are the secrets of the request in work.
	told *secrets
	// charts are those that were sent under a name.
	charts shelf
}

// reply sends an answer, or says that it is too large to be sent.
func (w *worker) reply(answer response) error {
	err := w.frames.write(answer)
	var large errTooLarge
	if errors.As(err, &large) {
		return w.frames.write(response{ID: answer.ID, Error: fail(kindTooLarge, "%v", large)})
	}
	return err
}

func (w *worker) answer(body []byte) response {
	head, err := decode[request](body)
	if err != nil {
		return response{Error: asFailure(err)}
	}
	result, err := w.handle(head, body)
	if err != nil {
		return response{ID: head.ID, Error: asFailure(err)}
	}
	return response{ID: head.ID, Result: result}
}

func (w *worker) handle(head request, body []byte) (result any, err error) {
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, fail(kindInternal, "panic: %v", r)
		}
	}()
	switch head.Op {
	case "hello":
		return hello(w.confinement), nil
	case "template":
		return on(body, func(r templateRequest) (any, error) {
			return renderTemplate(r, w.files(head.ID))
		})
	case "values":
		return on(body, func(r valuesRequest) (any, error) {
			r.told = w.told
			return mergeValues(r)
		})
	case "decrypt":
		return on(body, func(r decryptRequest) (any, error) { return decryptFile(r, w.told) })
	case "chart":
		return on(body, func(r chartRequest) (result any, err error) {
			r.told = w.told
			if r.chartSource, err = w.charts.fetch(r.chartSource); err != nil {
				return nil, err
			}
			return renderChart(r, w.lookups(head.ID))
		})
	case "dependencies":
		return on(body, missingDependencies)
	case "unpack":
		return on(body, unpackChart)
	case "manifest":
		return on(body, func(r manifestRequest) (result any, err error) {
			r.told = w.told
			if r.chartSource, err = w.charts.fetch(r.chartSource); err != nil {
				return nil, err
			}
			return printChart(r)
		})
	case "record-encode":
		return on(body, func(r encodeRequest) (any, error) {
			r.told = w.told
			return encodeRecord(r)
		})
	case "record-update":
		return on(body, updateRecord)
	case "record-rollback":
		return on(body, rollbackRecord)
	case "record-decode":
		return on(body, decodeRecord)
	default:
		return nil, fail(kindRequest, "no such operation: %q", head.Op)
	}
}

func on[T any](body []byte, do func(T) (any, error)) (any, error) {
	r, err := decode[T](body)
	if err != nil {
		return nil, err
	}
	return do(r)
}

func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return fail(kindInternal, "%v", err)
}

// lookups asks the parent in the midst of a request. An error of it is an error of the render.
func (w *worker) lookups(id uint64) func(lookupKey) (map[string]any, error) {
	return func(key lookupKey) (map[string]any, error) {
		answer, err := ask[lookupAnswer](w, lookupCall{ID: id, Lookup: key}, id, kindLookup)
		if err != nil {
			return nil, err
		}
		if answer.Error != "" {
			return nil, fail(kindLookup, "%s", answer.Error)
		}
		return liveObject(answer.Object)
	}
}

// files asks the parent for files of the snapshot.
func (w *worker) files(id uint64) fileAsker {
	return func(question fileQuestion) (fileAnswer, error) {
		return ask[fileAnswer](w, fileCall{ID: id, File: question}, id, kindFile)
	}
}

// answerTo is what every answer of the parent tells: which request it belongs to.
type answerTo interface{ to() uint64 }

func (a lookupAnswer) to() uint64 { return a.ID }
func (a fileAnswer) to() uint64   { return a.ID }

// ask sends a question and waits for its answer, which is the next message of the parent.
func ask[T answerTo](w *worker, question any, id uint64, k kind) (T, error) {
	var none T
	if err := w.frames.write(question); err != nil {
		return none, fail(k, "cannot ask: %v", err)
	}
	body, err := w.frames.read()
	if err != nil {
		return none, fail(k, "no answer: %v", err)
	}
	answer, err := decode[T](body)
	if err != nil {
		return none, err
	}
	if answer.to() != id {
		return none, fail(k, "answer for request %d, expected %d", answer.to(), id)
	}
	return answer, nil
}

// liveObject reads whole numbers as int64, as Helm's own lookup does.
func liveObject(raw json.RawMessage) (map[string]any, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	value, err := exactJSON(raw)
	if err != nil {
		return nil, fail(kindLookup, "the answer is not JSON: %v", err)
	}
	object, ok := plainNumbers(value, func(whole int64) any { return whole }).(map[string]any)
	if value != nil && !ok {
		return nil, fail(kindLookup, "the answer is %T, not an object", value)
	}
	return object, nil
}
