// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/object_meta.h"

#include <algorithm>
#include <charconv>

namespace kube::decode {

void sortByKey(Texts& texts) {
    const auto byKey = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(texts.begin(), texts.end(), byKey))
        std::sort(texts.begin(), texts.end(), byKey);
}

void appendJoined(std::string& out, Texts& texts) {
    // labels.Set sorts "key=value" as a whole: 'a-b=1' stands before 'a=1'.
    const auto wholeLess = [](const auto& a, const auto& b) {
        const std::size_t common = std::min(a.first.size(), b.first.size());
        if (const int order = a.first.substr(0, common).compare(b.first.substr(0, common)); order != 0)
            return order < 0;
        if (a.first.size() == b.first.size())
            return a.second < b.second;
        const auto next = [common](const auto& entry) {
            return static_cast<unsigned char>(entry.first.size() > common ? entry.first[common] : '=');
        };
        return next(a) < next(b);
    };
    if (!std::is_sorted(texts.begin(), texts.end(), wholeLess))
        std::sort(texts.begin(), texts.end(), wholeLess);
    bool first = true;
    for (const auto& [key, value] : texts) {
        if (!first)
            out += ',';
        first = false;
        out += key;
        out += '=';
        out += value;
    }
}

void MetaFacts::clear() {
    Texts kept = std::move(labels);
    kept.clear();
    *this = MetaFacts();
    labels = std::move(kept);
}

void writeHead(MetaFacts& meta, RowBatch& batch, std::string& scratch) {
    const auto number = [](std::string_view text) {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size() ? value : 0;
    };
    RowHead& head = batch.head();
    head.uid = meta.rowUid();
    head.resourceVersion = number(meta.resourceVersion);
    head.createdMs = meta.createdMs;
    head.name = batch.intern(meta.name);
    head.ns = batch.intern(meta.ns);
    scratch.clear();
    for (sortByKey(meta.labels); const auto& [key, value] : meta.labels) {
        if (!scratch.empty())
            scratch += ',';
        scratch += key;
        scratch += '=';
        scratch += value;
    }
    head.labels = batch.intern(scratch);
    if (meta.hasOwner) {
        scratch.clear();
        for (const std::string_view part : {meta.ownerApiVersion, meta.ownerKind, meta.ownerName}) {
            scratch += part;
            scratch += '\t';
        }
        scratch += meta.ownerUid;
        head.owner = batch.intern(scratch);
    }
    if (meta.isLeaving())
        head.state = ObjectState::Leaving;
}

} // namespace kube::decode
