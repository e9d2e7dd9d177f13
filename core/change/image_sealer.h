// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_key.h"
#include "core/change/journal_store.h"
#include "core/change/seal.h"

#include <string>
#include <vector>

namespace change {

/// Where the images of a line belong.
[[nodiscard]] SealSeat seatOf(const JournalRecord& record);

/// Whether what is done to it concerns what secrets keep, so that a key is of use.
[[nodiscard]] bool isOfSecret(const ObjectRef& object);

/// Takes out of what goes into the journal what secrets keep: marks stand in its place (redact.h), and the whole is
/// sealed beside them where there is a key. Pure but for nonces.
class ImageSealer {
public:
    /// With the key, or why there is none.
    explicit ImageSealer(base::Result<base::SecretKey> key)
        : m_key(std::move(key)) {}

    void hide(JournalRecord& record) const;
    void hide(JournalBegin& begin, const SealSeat& seat) const;
    void hide(JournalClose& close, const SealSeat& seat) const;

private:
    void hide(std::string& image, const SealSeat& seat, Image which, std::string& blob, std::string& whyNot) const;

    base::Result<base::SecretKey> m_key;
};

/// Adds the ids of the keys that sealed something of it, each once.
void addKeysNeeded(const JournalRecord& record, std::vector<std::string>& ids);

/// Puts back into a record what was sealed, all of it or nothing. Where values stay hidden, hidesSecrets and whyHidden
/// say so.
void reveal(JournalRecord& record, const base::Result<std::vector<base::SecretKey>>& keys);

} // namespace change
