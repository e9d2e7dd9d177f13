// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer.h"
#include "core/kube/memory_transport.h"
#include "core/kube/server_traits.h"
#include "core/kube/watcher.h"
#include "tests/core/kube/watched_store.h"

#include <QByteArray>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// A custom kind "wheels" whose server is played from memory, time by hand, and a store that is filled as a view
/// would fill it.
class WatchFixture : public WatchedStore {
public:
    WatchFixture()
        : transport(std::make_shared<kube::MemoryTransport>(&time)) {
        environment.transport = transport;
        environment.decodePool = &pool;
        environment.clock = &time;
        environment.timers = &time;
        environment.traits = std::make_shared<kube::ServerTraits>();
        environment.traits->setServerVersion("v1.36.3");
        transport->onSend([this](const kube::ApiRequest& request) -> std::optional<kube::MemoryAnswer> {
            if (request.target.find("includeObject=None") != std::string::npos)
                return table({}, "1", {}, column);
            if (answers.empty())
                return kube::MemoryAnswer{.status = 500, .body = "nothing was prepared"};
            kube::MemoryAnswer answer = std::move(answers.front());
            answers.pop_front();
            return answer;
        });
        transport->onStream(
            [this](std::shared_ptr<kube::MemoryStream> stream) { streams.push_back(std::move(stream)); });
    }

    static kube::WatchSpec wheels() {
        kube::WatchSpec spec;
        spec.kind.group = "shop.example.com";
        spec.kind.version = "v1";
        spec.kind.kind = "Wheel";
        spec.kind.plural = "wheels";
        spec.kind.singular = "wheel";
        spec.kind.verbs = {"get", "list", "watch"};
        return spec;
    }

    static kube::MemoryAnswer table(const std::vector<std::string>& rows, const std::string& version,
                                    const std::string& next = {}, const std::string& column = "Size") {
        kube::MemoryAnswer answer;
        answer.contentType = "application/json";
        answer.body = tableText(rows, version, next, column);
        return answer;
    }

    static std::string tableText(const std::vector<std::string>& rows, const std::string& version,
                                 const std::string& next = {}, const std::string& column = "Size") {
        std::string text = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" +
                           version + R"(","continue":")" + next +
                           R"("},"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"",)"
                           R"("priority":0},{"name":")" +
                           column + R"(","type":"integer","format":"","description":"","priority":0}],"rows":[)";
        for (std::size_t i = 0; i < rows.size(); ++i)
            text += (i ? "," : "") + rows[i];
        return text + "]}";
    }

    static std::string row(const std::string& name, int size, const std::string& version) {
        return R"({"cells":[")" + name + R"(",)" + std::to_string(size) +
               R"(],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":")" +
               name + R"(","namespace":"n","uid":"00000000-0000-0000-0000-)" + uidEnd(name) +
               R"(","resourceVersion":")" + version + R"(","creationTimestamp":"2024-01-01T00:00:00Z"}}})";
    }

    static std::string event(const std::string& type, const std::string& rowText, const std::string& column = "Size") {
        return R"({"type":")" + type + R"(","object":)" + tableText({rowText}, "", {}, column) + "}\n";
    }

    static std::string bookmark(const std::string& version, bool isInitialEnd = false,
                                const std::string& column = "Size") {
        const std::string annotations =
            isInitialEnd ? R"(,"annotations":{"k8s.io/initial-events-end":"true"})" : std::string();
        const std::string text =
            R"({"cells":["",0],"object":{"kind":"PartialObjectMetadata","metadata":{"resourceVersion":")" + version +
            R"(","creationTimestamp":null)" + annotations + "}}}";
        return event("BOOKMARK", text, column);
    }

    static std::string expired() {
        return R"({"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure",)"
               R"("message":"too old resource version","reason":"Expired","code":410}})"
               "\n";
    }

    static kube::MemoryAnswer refusal(int code, const std::string& reason, const std::string& message) {
        kube::MemoryAnswer answer;
        answer.status = code;
        answer.body = R"({"kind":"Status","status":"Failure","message":")" + message + R"(","reason":")" + reason +
                      R"(","details":{},"code":)" + std::to_string(code) + "}";
        return answer;
    }

    void start(kube::WatchSpec spec = wheels()) {
        cancel = kube::watch(environment, std::move(spec), home,
                             [this](kube::WatchUpdate update) { take(std::move(update)); });
        pump();
    }

    /// Runs everything that can run without time passing.
    void pump() {
        while (pool.runPending() + (isHomeStuck ? 0 : home.runPending()) > 0) {
        }
    }

    void pass(std::chrono::milliseconds step) {
        pump();
        time.advance(step);
        pump();
    }

    /// Lets time pass until the next timer, and past the deliveries it causes.
    void passToNextTimer() {
        pass(time.untilNext());
        pass(std::chrono::milliseconds(100));
    }

    kube::MemoryStream& stream() { return *streams.back(); }

    /// "a=1 b=2", by name.
    QByteArray rowsText() const { return QByteArray::fromStdString(rows()); }
    std::string rows() const {
        std::vector<std::string> texts;
        if (store) {
            store->forEach([&](kube::RowHandle, kube::RowRef found) {
                texts.push_back(std::string(found.name()) + "=" +
                                found.cell(found.layout().columns()[1], time.nowMs()));
            });
        }
        std::sort(texts.begin(), texts.end());
        std::string text;
        for (const std::string& one : texts)
            text += (text.empty() ? "" : " ") + one;
        return text;
    }

    base::ManualTimers time;
    base::ManualExecutor pool;
    base::ManualExecutor home;
    std::shared_ptr<kube::MemoryTransport> transport;
    kube::WatchEnvironment environment;
    std::deque<kube::MemoryAnswer> answers; ///< To lists, in order.
    std::vector<std::shared_ptr<kube::MemoryStream>> streams;
    std::string column = "Size"; ///< What the server answers when asked for columns.
    base::Cancel cancel;
    bool isHomeStuck = false;

    std::optional<base::Error> error;
    std::int64_t retryAtMs = 0;
    std::size_t deliveries = 0;
    std::uint64_t events = 0;

private:
    static std::string uidEnd(const std::string& name) {
        std::size_t hash = std::hash<std::string>()(name);
        std::string digits;
        for (int i = 0; i < 12; ++i, hash >>= 4)
            digits += "0123456789abcdef"[hash & 15];
        return digits;
    }

    void take(kube::WatchUpdate update) {
        ++deliveries;
        WatchedStore::take(update);
        error = update.error;
        retryAtMs = update.retryAtMs;
        events += update.events;
    }
};
