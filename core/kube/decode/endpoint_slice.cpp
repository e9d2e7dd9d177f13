// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum EndpointSliceField : std::uint16_t { AddressType, Ports, Endpoints, Ready, Total };

// At most three of a list, then how many more.
class ShortList {
public:
    void add(std::string_view text) {
        if (m_count++ >= kShown)
            return;
        if (m_count > 1)
            m_text += ',';
        m_text += text;
    }
    std::string_view print(std::string_view none) {
        if (m_count > kShown) {
            m_text += " + ";
            base::appendNumber(m_text, m_count - kShown);
            m_text += " more...";
            m_count = 0;
        }
        return orElse(m_text, none);
    }
    void clear() {
        m_text.clear();
        m_count = 0;
    }

private:
    static constexpr std::int64_t kShown = 3;
    std::string m_text;
    std::int64_t m_count = 0;
};

struct EndpointSliceFacts {
    MetaFacts meta;
    std::string_view addressType;
    ShortList ports;
    ShortList endpoints;
    std::int64_t ready = 0;
    std::int64_t total = 0;

    void clear() {
        meta.clear();
        addressType = {};
        ports.clear();
        endpoints.clear();
        ready = total = 0;
    }
};

template <typename Value>
void readEndpoint(Value& item, EndpointSliceFacts& facts) {
    bool ready = true; // Unknown counts as ready.
    item.fields([&](auto& part) {
        if (part.is("addresses", 1)) {
            part.each([&facts](auto& address) { facts.endpoints.add(address.text()); });
        } else if (part.is("conditions", 2)) {
            part.fields([&ready](auto& condition) {
                if (condition.is("ready", 1))
                    ready = condition.boolean();
            });
        }
    });
    ++facts.total;
    facts.ready += ready ? 1 : 0;
}

template <typename Value>
void readPort(Value& item, EndpointSliceFacts& facts) {
    std::string_view name;
    bool hasName = false;
    bool hasPort = false;
    std::string number;
    item.fields([&](auto& part) {
        if (part.is("name", 1)) {
            name = part.text();
            hasName = true;
        } else if (part.is("port", 3)) {
            base::appendNumber(number, part.integer());
            hasPort = true;
        }
    });
    facts.ports.add(hasPort ? std::string_view(number) : hasName ? name : std::string_view("*"));
}

template <typename Value>
void readObject(Value& object, EndpointSliceFacts& facts) {
    object.fields([&facts](auto& field) {
        if (field.is("metadata", 1))
            readMeta(field, facts.meta);
        else if (field.is("addressType", 4))
            facts.addressType = field.text();
        else if (field.is("endpoints", 2))
            field.each([&facts](auto& item) { readEndpoint(item, facts); });
        else if (field.is("ports", 3))
            field.each([&facts](auto& item) { readPort(item, facts); });
    });
}

void printRow(EndpointSliceFacts& facts, const Printer& out) {
    if (facts.total == 0)
        out.setState(ObjectState::None);
    else
        out.setState(facts.ready == facts.total ? ObjectState::Good : ObjectState::Attention);
    out.batch.setText(AddressType, facts.addressType);
    out.batch.setText(Ports, facts.ports.print("<unset>"));
    out.batch.setText(Endpoints, facts.endpoints.print("<unset>"));
    out.batch.setNumber(Ready, facts.ready);
    out.batch.setNumber(Total, facts.total);
}

} // namespace

TypedKind endpointSliceKind() {
    return {
        "discovery.k8s.io",
        "v1",
        "endpointslices",
        {{"addresstype", FieldType::Text},
         {"ports", FieldType::Text},
         {"endpoints", FieldType::Text},
         {"ready", FieldType::Number},
         {"total", FieldType::Number}},
        {{kNameColumn, textColumn("AddressType", AddressType), textColumn("Ports", Ports),
          textColumn("Endpoints", Endpoints), kAgeColumn}},
        ReaderOf<EndpointSliceFacts>::make,
    };
}

} // namespace kube::decode
