// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/image_sealer.h"

#include "core/change/redact.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace change {

namespace {

std::string sentenceOf(const base::Error& error) {
    return error.message.empty() ? std::string(base::toString(error.code)) : error.message;
}

bool hidesSomething(const JournalRecord& record) {
    const std::string& kind = record.operation.object.kind;
    return holdsMarks(record.operation.body, kind) || holdsMarks(record.operation.before, kind) ||
           holdsMarks(record.after, kind);
}

std::string whyHidden(const JournalRecord& record) {
    if (!record.sealed)
        return "the values of secrets are not kept in the journal: it was written before they could be sealed";
    return "the values of secrets are not kept in the journal: there was no key to seal them with when it was written" +
           (record.sealed->whyNot.empty() ? std::string() : ": " + record.sealed->whyNot);
}

/// The images with what is sealed put back, or the first reason why not.
std::optional<base::Error> open(JournalRecord& record, const std::vector<base::SecretKey>& keys) {
    const SealSeat seat = seatOf(record);
    std::string body = record.operation.body;
    std::string before = record.operation.before;
    std::string after = record.after;
    for (const auto& [blob, image, which] : {std::tuple(&record.sealed->body, &body, Image::Body),
                                             std::tuple(&record.sealed->before, &before, Image::Before),
                                             std::tuple(&record.sealed->after, &after, Image::After)}) {
        if (blob->empty())
            continue;
        base::Result<std::string> text = unsealed(*blob, keys, seat, which);
        if (!text)
            return std::move(text.error());
        *image = *std::move(text);
    }
    record.operation.body = std::move(body);
    record.operation.before = std::move(before);
    record.after = std::move(after);
    return std::nullopt;
}

} // namespace

SealSeat seatOf(const JournalRecord& record) {
    return {record.entry.set,
            record.entry.number,
            {record.operation.cluster.context, record.entry.clusterUid},
            record.entry.object,
            record.entry.subresource};
}

bool isOfSecret(const ObjectRef& object) {
    return object.kind == "Secret";
}

void ImageSealer::hide(std::string& image, const SealSeat& seat, Image which, std::string& blob,
                       std::string& whyNot) const {
    if (!holdsSecrets(image, seat.object.kind))
        return;
    const base::Result<std::string> bytes =
        m_key ? sealed(image, *m_key, seat, which) : base::Result<std::string>(base::fail(m_key.error()));
    if (bytes)
        blob = *bytes;
    else
        whyNot = sentenceOf(bytes.error());
    image = redacted(image, seat.object.kind);
}

void ImageSealer::hide(JournalRecord& record) const {
    if (!isOfSecret(record.entry.object))
        return;
    const SealSeat seat = seatOf(record);
    SealedImages images;
    record.hidesSecrets = holdsSecrets(record.operation.body, seat.object.kind) ||
                          holdsSecrets(record.operation.before, seat.object.kind);
    hide(record.operation.body, seat, Image::Body, images.body, images.whyNot);
    hide(record.operation.before, seat, Image::Before, images.before, images.whyNot);
    record.sealed = std::move(images);
}

void ImageSealer::hide(JournalBegin& begin, const SealSeat& seat) const {
    if (!isOfSecret(seat.object))
        return;
    SealedImages images;
    hide(begin.before, seat, Image::Before, images.before, images.whyNot);
    hide(begin.expected, seat, Image::After, images.after, images.whyNot);
    begin.sealed = std::move(images);
}

void ImageSealer::hide(JournalClose& close, const SealSeat& seat) const {
    if (!isOfSecret(seat.object) || close.after.empty())
        return;
    SealedImages images;
    hide(close.after, seat, Image::After, images.after, images.whyNot);
    close.sealed = std::move(images);
}

void addKeysNeeded(const JournalRecord& record, std::vector<std::string>& ids) {
    if (!record.sealed)
        return;
    for (const std::string* blob : {&record.sealed->body, &record.sealed->before, &record.sealed->after}) {
        const auto id = sealingKeyOf(*blob);
        if (id && std::find(ids.begin(), ids.end(), *id) == ids.end())
            ids.push_back(*id);
    }
}

void reveal(JournalRecord& record, const base::Result<std::vector<base::SecretKey>>& keys) {
    if (!isOfSecret(record.operation.object))
        return;
    std::optional<base::Error> failure;
    if (record.sealed)
        failure = keys ? open(record, *keys) : std::optional(keys.error());
    record.hidesSecrets = hidesSomething(record);
    if (!record.hidesSecrets)
        return;
    record.whyHidden =
        failure ? "the values of secrets are sealed in the journal and cannot be opened: " + sentenceOf(*failure)
                : whyHidden(record);
}

} // namespace change
