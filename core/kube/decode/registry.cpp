// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/decoder.h"
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/typed_layout.h"

#include <algorithm>

namespace kube {

namespace decode {

namespace {

struct Registered {
    TypedKind kind;
    std::vector<RowLayoutPtr> layouts; // One for each variant.
};

const std::vector<Registered>& registered() {
    static const std::vector<Registered> all = [] {
        std::vector<Registered> out;
        for (const auto make : {podKind, nodeKind, namespaceKind, deploymentKind, replicaSetKind, statefulSetKind,
                                daemonSetKind, jobKind, cronJobKind, serviceKind, endpointSliceKind, ingressKind,
                                persistentVolumeClaimKind, persistentVolumeKind, eventKind, newEventKind}) {
            TypedKind kind = make();
            std::vector<RowLayoutPtr> layouts;
            for (const auto& columns : kind.variants)
                layouts.push_back(makeLayout(kind, columns));
            out.push_back({std::move(kind), std::move(layouts)});
        }
        return out;
    }();
    return all;
}

const Registered* find(std::string_view group, std::string_view version, std::string_view plural) {
    for (const Registered& entry : registered()) {
        if (entry.kind.plural == plural && entry.kind.group == group && entry.kind.version == version)
            return &entry;
    }
    return nullptr;
}

bool matches(const std::vector<TypedColumn>& ours, const ServerColumns& theirs) {
    return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      [](const TypedColumn& a, const ServerColumn& b) {
                          return a.title == b.name && (a.priority > 0) == (b.priority > 0);
                      });
}

} // namespace

std::string columnId(std::string_view title) {
    std::string id;
    for (const char c : title) {
        if (c >= 'A' && c <= 'Z')
            id += static_cast<char>(c - 'A' + 'a');
        else
            id += c == ' ' ? '-' : c;
    }
    return id;
}

RowLayoutPtr makeLayout(const TypedKind& kind, const std::vector<TypedColumn>& typedColumns) {
    std::vector<Column> columns;
    for (const TypedColumn& typed : typedColumns) {
        Column& column = columns.emplace_back();
        column.id = columnId(typed.title);
        column.title = typed.title;
        column.format = typed.format;
        column.sort = typed.sort;
        column.field = typed.field;
        column.field2 = typed.field2;
        column.priority = typed.priority;
    }
    std::string resource(kind.plural);
    if (!kind.group.empty())
        resource.append(".").append(kind.group);
    return std::make_shared<const RowLayout>(std::move(resource), kind.fields, std::move(columns));
}

const TypedKind* typedKind(std::string_view group, std::string_view version, std::string_view plural) {
    const Registered* entry = find(group, version, plural);
    return entry == nullptr ? nullptr : &entry->kind;
}

} // namespace decode

RowLayoutPtr matchTypedKind(const Kind& kind, const ServerColumns& columns) {
    const decode::Registered* entry = decode::find(kind.group, kind.version, kind.plural);
    if (entry == nullptr)
        return nullptr;
    if (columns.empty())
        return entry->layouts.front();
    for (std::size_t i = 0; i < entry->layouts.size(); ++i) {
        if (decode::matches(entry->kind.variants[i], columns))
            return entry->layouts[i];
    }
    return nullptr;
}

} // namespace kube
