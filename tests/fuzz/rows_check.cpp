// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/rows_check.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

namespace fuzz {

namespace {

constexpr std::int64_t kNowMs = 1'700'000'000'000;
constexpr std::size_t kFewBytes = 400;
/// Bodies larger than this are cut into items before they are parsed.
constexpr std::size_t kLargeBody = (std::size_t(4) << 20) + 1;

/// A watch as its reader sees it, however its bytes were cut.
struct Heard {
    Told rows;
    std::string resourceVersion;
    std::uint64_t events = 0;
    bool initialEventsEnd = false;
    std::string error;
    std::string broken;
    bool endsWell = false;
};

class Listener {
public:
    Listener(kube::Decoder::Spec spec, std::string_view contentType)
        : m_decoder(kube::Decoder::create(std::move(spec))) {
        m_decoder->beginStream(contentType);
        m_layout = m_decoder->layout();
    }

    void feed(std::string_view bytes) {
        const auto frames = m_decoder->feed(bytes);
        if (!frames) {
            if (m_heard.broken.empty())
                m_heard.broken = frames.error().message;
            return;
        }
        if (frames->batch.layout() != m_layout) {
            // Other columns: what came before is to be listed again.
            m_heard.rows.clear();
            m_layout = frames->batch.layout();
        }
        for (auto& [uid, text] : tell(frames->batch))
            m_heard.rows[uid] = text;
        if (!frames->resourceVersion.empty())
            m_heard.resourceVersion = frames->resourceVersion;
        m_heard.events += frames->events;
        m_heard.initialEventsEnd = m_heard.initialEventsEnd || frames->initialEventsEnd;
        if (frames->error)
            m_heard.error = frames->error->message;
    }

    Heard end() {
        m_heard.endsWell = m_decoder->endStream().has_value();
        return std::move(m_heard);
    }

private:
    std::unique_ptr<kube::Decoder> m_decoder;
    kube::RowLayoutPtr m_layout;
    Heard m_heard;
};

void requireSame(const Heard& whole, const Heard& pieces) {
    require(whole.broken == pieces.broken, "pieces break where the whole does not");
    if (!whole.broken.empty())
        return; // The pieces before the broken one have been told.
    require(whole.rows == pieces.rows, "pieces tell other rows");
    require(whole.resourceVersion == pieces.resourceVersion, "pieces end at another version");
    require(whole.events == pieces.events, "pieces count other events");
    require(whole.initialEventsEnd == pieces.initialEventsEnd, "pieces complete the first state elsewhere");
    require(whole.error == pieces.error, "pieces give another error");
    require(whole.endsWell == pieces.endsWell, "pieces end otherwise");
}

template <typename NextLength>
Heard heardInPieces(const kube::Decoder::Spec& spec, std::string_view contentType, std::string_view bytes,
                    NextLength&& nextLength) {
    Listener listener(spec, contentType);
    while (!bytes.empty()) {
        const std::size_t length = std::min<std::size_t>(nextLength(), bytes.size());
        // A buffer of its own, so that reading beyond its end is seen.
        const std::vector<char> piece(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        listener.feed({piece.data(), piece.size()});
        bytes.remove_prefix(length);
    }
    return listener.end();
}

bool isJsonThroughout(std::string_view bytes) {
    simdjson::dom::parser parser;
    return parser.parse(simdjson::padded_string(bytes)).error() == simdjson::SUCCESS;
}

} // namespace

void require(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "fuzz: %s\n", what);
    std::abort();
}

Told tell(const kube::RowBatch& batch) {
    Told told;
    for (const kube::Uid& uid : batch.removed())
        told[uid.toText()] = "removed";
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const kube::RowRef row = batch.row(i);
        std::string text(row.name());
        const auto add = [&text](std::string_view part) { text.append(1, '\0').append(part); };
        for (const std::string_view part : {row.ns(), row.labels(), row.owner()})
            add(part);
        for (const std::int64_t number :
             {row.createdMs(), std::int64_t(row.head().resourceVersion), std::int64_t(row.state())})
            add(std::to_string(number));
        for (const kube::Column& column : batch.layout()->columns())
            add(row.cell(column, kNowMs));
        const auto& fields = batch.layout()->fields();
        for (std::size_t f = 0; f < fields.size(); ++f) {
            const auto field = static_cast<std::uint16_t>(f);
            if (fields[f].type == kube::FieldType::Text)
                add(row.text(field));
            else
                add(std::to_string(fields[f].type == kube::FieldType::Time ? row.timeMs(field) : row.number(field)));
        }
        told[row.uid().toText()] = std::move(text);
    }
    return told;
}

void checkStream(kube::Decoder::Spec spec, std::string_view contentType, std::string_view bytes) {
    Listener listener(spec, contentType);
    listener.feed(bytes);
    const Heard whole = listener.end();
    std::uint64_t state = hashOf(bytes);
    requireSame(whole, heardInPieces(spec, contentType, bytes, [&state] {
                    state = state * 6364136223846793005U + 1442695040888963407U;
                    return std::size_t(1) + ((state >> 33) & ((state >> 62) == 0 ? 7U : 255U));
                }));
    if (bytes.size() <= kFewBytes)
        requireSame(whole, heardInPieces(spec, contentType, bytes, [] { return std::size_t(1); }));
}

void checkList(kube::Decoder::Spec spec, std::string_view contentType, std::string_view bytes) {
    kube::ListMeta meta;
    const auto decoder = kube::Decoder::create(spec);
    const auto rows = decoder->list(contentType, bytes, meta);
    const std::optional<Told> told = rows ? std::optional(tell(*rows)) : std::nullopt;
    if (contentType != kube::kJsonAccept)
        return;
    // What follows the document is not read; where the document does not end, this soon ends whatever is open.
    static const std::string padding = [] {
        std::string text;
        while (text.size() < kLargeBody)
            text += "\"}";
        return text;
    }();
    static std::string large = padding;
    if (bytes.size() >= kLargeBody)
        return;
    std::copy(bytes.begin(), bytes.end(), large.begin());
    kube::ListMeta largeMeta;
    const auto largeRows = kube::Decoder::create(std::move(spec))->list(contentType, large, largeMeta);
    std::copy_n(padding.begin(), bytes.size(), large.begin());
    if (!told || !isJsonThroughout(bytes))
        return;
    require(largeRows.has_value(), "a large body is refused where a small one is not");
    require(tell(*largeRows) == *told, "a large body tells other rows");
    require(meta.resourceVersion == largeMeta.resourceVersion && meta.continueToken == largeMeta.continueToken &&
                meta.remaining == largeMeta.remaining,
            "a large body tells other metadata");
}

kube::Kind kindNamedIn(std::string_view bytes) {
    struct Named {
        std::string_view name, group, plural;
    };
    static constexpr std::array<Named, 16> kKinds{{
        {"Pod", "", "pods"},
        {"Node", "", "nodes"},
        {"Namespace", "", "namespaces"},
        {"Deployment", "apps", "deployments"},
        {"ReplicaSet", "apps", "replicasets"},
        {"StatefulSet", "apps", "statefulsets"},
        {"DaemonSet", "apps", "daemonsets"},
        {"Job", "batch", "jobs"},
        {"CronJob", "batch", "cronjobs"},
        {"Service", "", "services"},
        {"EndpointSlice", "discovery.k8s.io", "endpointslices"},
        {"Ingress", "networking.k8s.io", "ingresses"},
        {"PersistentVolumeClaim", "", "persistentvolumeclaims"},
        {"PersistentVolume", "", "persistentvolumes"},
        {"Event", "", "events"},
        {"Event", "events.k8s.io", "events"},
    }};
    const std::string_view start = bytes.substr(0, 256);
    const Named* best = nullptr;
    std::size_t bestAt = start.size();
    for (const Named& known : kKinds) {
        const std::size_t at = start.find(known.name);
        const bool isEarlier = at < bestAt || (at == bestAt && best && known.name.size() > best->name.size());
        const bool isOther = best && at == bestAt && known.name == best->name && start.find(known.group) < start.size();
        if (at < start.size() && (isEarlier || isOther)) {
            best = &known;
            bestAt = at;
        }
    }
    if (!best)
        best = kKinds.data();
    kube::Kind kind;
    kind.group = best->group;
    kind.version = "v1";
    kind.kind = best->name;
    kind.plural = best->plural;
    return kind;
}

std::uint64_t hashOf(std::string_view bytes) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
    return hash ^ (hash >> 31);
}

} // namespace fuzz
