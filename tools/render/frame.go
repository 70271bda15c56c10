package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// maxFrame bounds one message in either direction: a chart's files travel in it as base64.
const maxFrame = 64 << 20

// frames reads and writes messages: four bytes of length, big-endian, then that many bytes of JSON.
//
// Reading goes on in the background, so that the end of the parent is seen in the midst of a render: a
// worker must never outlive it.
type frames struct {
	in  chan incoming
	out *bufio.Writer
}

type incoming struct {
	body []byte
	err  error
}

// newFrames calls gone as soon as the other side has closed, whatever is in work.
func newFrames(in io.Reader, out io.Writer, gone func(error)) *frames {
	f := &frames{in: make(chan incoming), out: bufio.NewWriterSize(out, 64<<10)}
	go func() {
		reader := bufio.NewReaderSize(in, 64<<10)
		for {
			body, err := readFrame(reader)
			if err != nil {
				gone(err)
			}
			f.in <- incoming{body, err}
			if err != nil {
				return
			}
		}
	}()
	return f
}

// read returns io.EOF where the other side has closed between two messages.
func (f *frames) read() ([]byte, error) {
	next := <-f.in
	return next.body, next.err
}

func readFrame(in io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length == 0 || length > maxFrame {
		return nil, fmt.Errorf("frame of %d bytes; 1 to %d are allowed", length, maxFrame)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(in, body); err != nil {
		return nil, fmt.Errorf("frame broken off: %w", err)
	}
	return body, nil
}

// errTooLarge says that an answer does not fit; nothing of it was written.
type errTooLarge struct{ bytes int }

func (e errTooLarge) Error() string {
	return fmt.Sprintf("the answer has %d bytes; %d are allowed", e.bytes, maxFrame)
}

func (f *frames) write(message any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	if len(body) > maxFrame {
		return errTooLarge{len(body)}
	}
	var head [4]byte
	binary.BigEndian.PutUint32(head[:], uint32(len(body)))
	if _, err := f.out.Write(head[:]); err != nil {
		return err
	}
	if _, err := f.out.Write(body); err != nil {
		return err
	}
	return f.out.Flush()
}
