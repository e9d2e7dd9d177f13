// SPDX-License-Identifier: GPL-3.0-or-later

// The node agent answers an API server in a kubelet's place, for nodes that kwok plays: commands and port-forwards run on
// this host through the kubelet's own streaming packages, logs come from files in the form that container runtimes write.
// Whatever it has no answer for goes on to kwok.
package main

import (
	"crypto/tls"
	"flag"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	"k8s.io/cri-streaming/pkg/streaming/portforward"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
)

const (
	idleLimit     = 4 * time.Hour
	creationLimit = 30 * time.Second
)

// agent serves one cluster's nodes.
type agent struct {
	host host
	logs logFolder
	kwok http.Handler
}

// ServeHTTP knows the kubelet's paths: /VERB/NAMESPACE/POD[/UID]/CONTAINER.
func (a *agent) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	verb, pod, container := path[0], "", path[len(path)-1]
	if len(path) >= 3 {
		pod = path[2]
	}
	switch {
	case verb == "containerLogs" && len(path) == 4 && a.logs.has(path[1], pod, container, r.URL.Query()):
		a.logs.serve(w, r, path[1], pod, container)
	case verb == "exec" && len(path) >= 4:
		if streams, ok := streamOptions(w, r); ok {
			remotecommand.ServeExec(w, r, a.host, pod, "", container, r.URL.Query()["command"], streams, idleLimit,
				creationLimit, remotecommand.SupportedStreamingProtocols)
		}
	case verb == "attach" && len(path) >= 4:
		if streams, ok := streamOptions(w, r); ok {
			remotecommand.ServeAttach(w, r, a.host, pod, "", container, streams, idleLimit, creationLimit,
				remotecommand.SupportedStreamingProtocols)
		}
	case verb == "portForward" && len(path) >= 3:
		options, err := portforward.NewV4Options(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		portforward.ServePortForward(w, r, a.host, pod, "", options, idleLimit, creationLimit,
			portforward.SupportedProtocols)
	default:
		a.kwok.ServeHTTP(w, r)
	}
}

func streamOptions(w http.ResponseWriter, r *http.Request) (*remotecommand.Options, bool) {
	options, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return nil, false
	}
	return options, true
}

func main() {
	listen := flag.String("listen", "", "host:port to serve on")
	cert := flag.String("cert", "", "certificate file")
	key := flag.String("key", "", "its key file")
	kwok := flag.String("kwok", "", "host:port of kwok's server")
	logs := flag.String("logs", "", "folder with NAMESPACE/POD/CONTAINER.log")
	flag.Parse()

	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "https", Host: *kwok})
	proxy.FlushInterval = -1
	// kwok's certificate is the bed's own, and both ends are on loopback.
	proxy.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	log.Fatal(http.ListenAndServeTLS(*listen, *cert, *key, &agent{logs: logFolder(*logs), kwok: proxy}))
}
