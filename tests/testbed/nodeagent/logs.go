// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	internalapi "k8s.io/cri-api/pkg/apis"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/cri-client/pkg/logs"
)

// logFolder holds NAMESPACE/POD/CONTAINER.log, and CONTAINER.previous.log for the run before. Lines have the form of
// container runtimes: "2026-01-01T00:00:00.000000000Z stdout F text". CONTAINER.done says that the container has ended.
type logFolder string

func (f logFolder) file(namespace, pod, container string, query url.Values) string {
	suffix := ".log"
	if query.Get("previous") == "true" {
		suffix = ".previous.log"
	}
	return filepath.Join(string(f), namespace, pod, container+suffix)
}

func (f logFolder) has(namespace, pod, container string, query url.Values) bool {
	info, err := os.Stat(f.file(namespace, pod, container, query))
	return err == nil && info.Mode().IsRegular()
}

func (f logFolder) serve(w http.ResponseWriter, r *http.Request, namespace, pod, container string) {
	query := r.URL.Query()
	options := &logs.LogOptions{
		Follow:     query.Get("follow") == "true",
		Timestamp:  query.Get("timestamps") == "true",
		TailLines:  number(query, "tailLines"),
		LimitBytes: number(query, "limitBytes"),
	}
	if seconds := number(query, "sinceSeconds"); seconds != nil {
		options.Since = time.Now().Add(-time.Duration(*seconds) * time.Second)
	} else if since, err := time.Parse(time.RFC3339, query.Get("sinceTime")); err == nil {
		options.Since = since
	}
	file := f.file(namespace, pod, container, query)
	out := eachWrite{w, http.NewResponseController(w)}
	if err := logs.ReadLogs(r.Context(), file, container, options, writing{file: file}, out, out); err != nil {
		log.Printf("logs of %s/%s: %v", namespace, pod, err)
	}
}

func number(query url.Values, name string) *int64 {
	value, err := strconv.ParseInt(query.Get(name), 10, 64)
	if err != nil {
		return nil
	}
	return &value
}

// eachWrite sends every line off at once, so that a follower sees it.
type eachWrite struct {
	io.Writer
	control *http.ResponseController
}

func (e eachWrite) Write(bytes []byte) (int, error) {
	n, err := e.Writer.Write(bytes)
	if err == nil {
		err = e.control.Flush()
	}
	return n, err
}

// writing is the little of a container runtime that the log reader asks: does the container still run?
type writing struct {
	internalapi.RuntimeService
	file string
}

func (w writing) ContainerStatus(context.Context, string, bool) (*runtimeapi.ContainerStatusResponse, error) {
	state := runtimeapi.ContainerState_CONTAINER_RUNNING
	if _, err := os.Stat(strings.TrimSuffix(w.file, ".log") + ".done"); err == nil {
		state = runtimeapi.ContainerState_CONTAINER_EXITED
	}
	return &runtimeapi.ContainerStatusResponse{Status: &runtimeapi.ContainerStatus{State: state}}, nil
}
