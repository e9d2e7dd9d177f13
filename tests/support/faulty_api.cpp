// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faulty_api.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testsupport {

namespace {

const CertificateAuthority& authority() {
    static const CertificateAuthority one;
    return one;
}

std::string json(std::string_view body, int status = 200, std::vector<std::pair<std::string, std::string>> more = {}) {
    more.emplace_back("Content-Type", "application/json");
    return answer::plain(body, status, more);
}

std::string refusal(int code, std::string_view reason) {
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"as told","reason":")" +
           std::string(reason) + R"(","code":)" + std::to_string(code) + "}";
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

bool isWatch(const Exchange& exchange) {
    return has(exchange.target, "watch=");
}

bool isList(const Exchange& exchange) {
    const std::string path = exchange.target.substr(0, exchange.target.find('?'));
    return path.ends_with("/pods") || path.ends_with("/nodes") || path.ends_with("/namespaces");
}

std::string emptyList(const Exchange& exchange) {
    if (has(exchange.header("Accept"), "as=Table"))
        return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},"columnDefinitions":)"
               R"([{"name":"Name","type":"string","format":"name","description":"","priority":0}],"rows":[]})";
    return R"({"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]})";
}

std::string document(const std::string& target) {
    if (target == "/version")
        return R"({"major":"1","minor":"36","gitVersion":"v1.36.3"})";
    if (target == "/api")
        return R"({"kind":"APIVersions","versions":["v1"]})";
    if (target == "/apis")
        return R"({"kind":"APIGroupList","apiVersion":"v1","groups":[]})";
    if (target == "/api/v1")
        return R"({"kind":"APIResourceList","groupVersion":"v1","resources":[)"
               R"({"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list","watch"]},)"
               R"({"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get","list","watch"]},)"
               R"({"name":"namespaces","singularName":"namespace","namespaced":false,"kind":"Namespace",)"
               R"("verbs":["get","list","watch"]}]})";
    return {};
}

void answerWell(const Exchange& exchange, Wire& wire) {
    if (has(exchange.target, "sendInitialEvents")) {
        wire.write(json(refusal(422, "Invalid"), 422));
    } else if (isWatch(exchange)) {
        wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        wire.hold();
    } else if (isList(exchange)) {
        wire.write(json(emptyList(exchange)));
    } else if (const std::string text = document(exchange.target); !text.empty()) {
        wire.write(json(text));
    } else {
        wire.write(json(refusal(404, "NotFound"), 404));
    }
}

} // namespace

std::unique_ptr<LyingServer> faultyApi(Befallen what, Script fault) {
    LyingServer::Options options;
    options.greeting = LyingServer::Greeting::Tls;
    options.identity = authority().issue({});
    return std::make_unique<LyingServer>(
        options, [what, fault = std::move(fault)](const Exchange& exchange, Wire& wire) {
            const bool watches = isWatch(exchange) && !has(exchange.target, "sendInitialEvents");
            const bool lists = isWatch(exchange) || isList(exchange);
            const bool isBefallen = what == Befallen::Everything || (what == Befallen::Lists && lists) ||
                                    (what == Befallen::Watches && watches);
            if (isBefallen)
                fault(exchange, wire);
            else
                answerWell(exchange, wire);
        });
}

Script fault::status(int code, const char* reason, int retryAfterS) {
    std::vector<std::pair<std::string, std::string>> headers;
    if (retryAfterS > 0)
        headers.emplace_back("Retry-After", std::to_string(retryAfterS));
    const std::string text = json(refusal(code, reason), code, headers);
    return [text](const Exchange&, Wire& wire) { wire.write(text); };
}

void fault::truncatedJson(const Exchange&, Wire& wire) {
    wire.write(json(R"({"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[{"metada)"));
}

void fault::garbage(const Exchange&, Wire& wire) {
    wire.write(answer::plain("<html><body>Sign in to the guest network</body></html>\n\x01\x02\xff", 200,
                             {{"Content-Type", "text/html"}}));
}

void fault::tarpit(const Exchange&, Wire& wire) {
    wire.write("HTTP/1.1 200 OK\r\n");
    while (wire.dribble("X-Patience: please\r\n", 20, 200)) {
    }
}

void fault::endlessLine(const Exchange&, Wire& wire) {
    wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n");
    const std::string piece(65536, 'x');
    for (int written = 0; written < 16384 && wire.write(piece); ++written) {
    }
}

} // namespace testsupport
