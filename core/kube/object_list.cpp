// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/object_list.h"

#include "core/base/cancel_bag.h"
#include "core/kube/watch_requests.h"

#include <simdjson.h>

#include <utility>

namespace kube {

namespace {

constexpr int kPageSize = 500;

/// Kept alive by the request under way; confined to home but for giveUp().
class Fetch : public std::enable_shared_from_this<Fetch> {
public:
    Fetch(std::shared_ptr<Transport> transport, WatchSpec spec, base::Executor& home, base::CancelToken token,
          net::Handler<base::Result<std::vector<ObjectText>>> handler)
        : m_transport(std::move(transport))
        , m_spec(std::move(spec))
        , m_home(home)
        , m_token(std::move(token))
        , m_handler(std::move(handler)) {}

    void ask(const std::string& page) {
        m_request.set(m_transport->send(objectsRequest(m_spec, kPageSize, page), m_home,
                                        [self = shared_from_this()](base::Result<net::Response> answer) {
                                            if (!self->m_token.isCancelled())
                                                self->take(std::move(answer));
                                        }));
    }

    void giveUp() { m_request.close(); }

private:
    void take(base::Result<net::Response> answer) {
        if (!answer) {
            finish(base::fail(std::move(answer.error())));
            return;
        }
        base::Result<ListRest> rest = splitList(answer->body, m_spec.kind, m_objects);
        if (!rest)
            finish(base::fail(std::move(rest.error())));
        else if (rest->next.empty())
            finish(std::move(m_objects));
        else
            ask(rest->next);
    }

    void finish(base::Result<std::vector<ObjectText>> result) {
        m_request.close();
        const auto handler = std::move(m_handler);
        handler(std::move(result));
    }

    std::shared_ptr<Transport> m_transport;
    WatchSpec m_spec;
    base::Executor& m_home;
    base::CancelToken m_token;
    net::Handler<base::Result<std::vector<ObjectText>>> m_handler;
    base::CancelSlot m_request;
    std::vector<ObjectText> m_objects;
};

} // namespace

namespace {

// Fills in what names an object; tells whether it says its kind. Numbers are not looked at: a parser's idea of the
// largest one must not cost us the object.
bool readNames(simdjson::ondemand::object& object, ObjectText& text) {
    bool hasKind = false;
    object.reset();
    for (simdjson::ondemand::field field : object) {
        const std::string_view key = field.unescaped_key();
        if (key == "kind") {
            hasKind = true;
        } else if (key == "metadata") {
            for (simdjson::ondemand::field meta : field.value().get_object()) {
                const std::string_view name = meta.unescaped_key();
                if (name == "namespace" && !meta.value().is_null())
                    text.ns = std::string_view(meta.value().get_string());
                else if (name == "name" && !meta.value().is_null())
                    text.name = std::string_view(meta.value().get_string());
            }
        }
    }
    return hasKind;
}

} // namespace

base::Result<ListRest> splitList(std::string_view json, const Kind& kind, std::vector<ObjectText>& objects) {
    const simdjson::padded_string padded(json);
    simdjson::ondemand::parser parser;
    try {
        simdjson::ondemand::document document = parser.iterate(padded);
        ListRest rest;
        for (simdjson::ondemand::field field : document.get_object()) {
            const std::string_view key = field.unescaped_key();
            if (key == "metadata") {
                for (simdjson::ondemand::field meta : field.value().get_object()) {
                    const std::string_view name = meta.unescaped_key();
                    if (name == "continue")
                        rest.next = std::string_view(meta.value().get_string());
                    else if (name == "remainingItemCount" &&
                             meta.value().get_int64().get(rest.remaining) != simdjson::SUCCESS)
                        rest.remaining = 0;
                }
            } else if (key == "items" && !field.value().is_null()) {
                for (simdjson::ondemand::value item : field.value().get_array()) {
                    simdjson::ondemand::object whole = item.get_object();
                    const std::string_view raw = whole.raw_json();
                    ObjectText text;
                    const bool isComplete = readNames(whole, text);
                    if (isComplete) {
                        text.json = raw;
                    } else {
                        text.json = R"({"apiVersion":")" + kind.apiVersion() + R"(","kind":")" + kind.kind + "\",";
                        text.json += raw.substr(raw.find('{') + 1);
                    }
                    objects.push_back(std::move(text));
                }
            }
        }
        return rest;
    } catch (const simdjson::simdjson_error& why) {
        return base::fail(base::ErrorCode::BadResponse, std::string("the list cannot be read: ") + why.what());
    }
}

base::Cancel fetchObjects(std::shared_ptr<Transport> transport, WatchSpec spec, base::Executor& home,
                          net::Handler<base::Result<std::vector<ObjectText>>> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto fetch =
        std::make_shared<Fetch>(std::move(transport), std::move(spec), home, cancel.token(), std::move(handler));
    cancel.token().onCancel([weak = std::weak_ptr(fetch)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    fetch->ask({});
    return cancel;
}

} // namespace kube
