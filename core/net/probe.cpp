// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/probe.h"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <utility>

namespace net {

namespace {

using Kind = ProbeStep::Kind;

void addSteps(Diagnosis& diagnosis, const Inspection& seen, bool secure, const base::Error* error) {
    std::int64_t before = 0;
    bool failed = false;
    const auto add = [&](Kind kind, bool reached, std::int64_t atUs) {
        if (failed)
            return;
        ProbeStep step;
        step.kind = kind;
        failed = !reached;
        const std::int64_t end = reached && atUs >= 0 ? atUs : seen.timings.total;
        step.tookUs = std::max<std::int64_t>(0, end - before);
        before = end;
        if (failed && error)
            step.error = *error;
        diagnosis.steps.push_back(std::move(step));
    };
    add(Kind::NameLookup, seen.nameKnown, seen.timings.nameLookup);
    add(Kind::Connect, seen.connected, seen.timings.connect);
    if (secure)
        add(Kind::Tls, seen.secured, seen.timings.tls);
    add(Kind::Http, error == nullptr, seen.timings.total);
}

std::optional<std::int64_t> skewOf(const Response& response) {
    const std::string date(header(response.headers, "Date"));
    const std::time_t theirs = date.empty() ? -1 : curl_getdate(date.c_str(), nullptr);
    if (theirs == -1)
        return std::nullopt;
    const std::int64_t ours =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    // A Date has whole seconds, cut off: half of one is the best guess of the rest.
    return std::int64_t(theirs) * 1000 + 500 - ours;
}

// The one Cancel that the caller holds stands for whichever of the two requests is under way.
struct Course {
    Engine& engine;
    base::Executor& executor;
    Handler<Diagnosis> handler;
    Request request;
    std::shared_ptr<Inspection> seen = std::make_shared<Inspection>();
    base::Cancel second;
    Diagnosis diagnosis;
};

// With the credentials left out, since anybody may answer.
Request withoutTrust(const Request& request) {
    auto endpoint = std::make_shared<Endpoint>(*request.endpoint);
    endpoint->insecureSkipVerify = true;
    endpoint->caPem.clear();
    endpoint->clientCertPem.clear();
    endpoint->clientKeyPem.clear();
    Request bare;
    bare.endpoint = std::move(endpoint);
    bare.method = "HEAD";
    bare.target = "/";
    bare.deadline = request.deadline;
    return bare;
}

void readChain(const std::shared_ptr<Course>& course) {
    Request request = withoutTrust(course->request);
    request.inspection = std::make_shared<Inspection>();
    const std::shared_ptr<const Inspection> seen = request.inspection;
    course->second =
        course->engine.send(std::move(request), course->executor, [course, seen](const base::Result<Response>&) {
            course->diagnosis.certificates = readCertificates(seen->chainPem);
            course->second.detach();
            course->handler(std::move(course->diagnosis));
        });
}

} // namespace

const base::Error* Diagnosis::error() const {
    return !steps.empty() && steps.back().error ? &*steps.back().error : nullptr;
}

base::Cancel diagnose(Engine& engine, Request request, base::Executor& executor, Handler<Diagnosis> handler) {
    auto course = std::make_shared<Course>(Course{engine, executor, std::move(handler), request, {}, {}, {}});
    course->seen = request.inspection = std::make_shared<Inspection>();
    base::Cancel first = engine.send(std::move(request), executor, [course](base::Result<Response> result) {
        const Inspection& seen = *course->seen;
        Diagnosis& diagnosis = course->diagnosis;
        diagnosis.address = seen.address;
        diagnosis.proxy = seen.proxy;
        diagnosis.certificates = readCertificates(seen.chainPem);
        addSteps(diagnosis, seen, course->request.endpoint->url.starts_with("https"),
                 result ? nullptr : &result.error());
        if (result) {
            diagnosis.clockSkewMs = skewOf(*result);
            diagnosis.response = std::move(*result);
        } else if (result.error().code == base::ErrorCode::Tls && diagnosis.certificates.empty() &&
                   !course->request.endpoint->insecureSkipVerify) {
            readChain(course);
            return;
        }
        course->handler(std::move(diagnosis));
    });
    base::Cancel whole = base::Cancel::create();
    // Both are given up together. The second one is only touched on the executor, as the contract of Cancel has it.
    whole.token().onCancel([course, held = std::make_shared<base::Cancel>(std::move(first))] {
        held->cancel();
        course->second.cancel();
    });
    return whole;
}

} // namespace net
