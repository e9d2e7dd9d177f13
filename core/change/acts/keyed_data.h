// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/acts/acts.h"
#include "core/change/change_set.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// ConfigMaps and Secrets by key. Values are bytes, whatever they are; nothing here is text. Pure functions.

struct KeyedValue {
    std::string key;
    std::string bytes;

    bool operator==(const KeyedValue&) const = default;
};

/// What a ConfigMap or a Secret holds.
struct KeyedData {
    bool isSecret = false;
    bool isImmutable = false;
    std::string type = {};               ///< Of a Secret: "kubernetes.io/tls".
    std::vector<KeyedValue> values = {}; ///< By key.

    /// Fails where the object is neither, or a value is no base64.
    [[nodiscard]] static base::Result<KeyedData> read(std::string_view object);
    [[nodiscard]] const KeyedValue* find(std::string_view key) const;
    /// As the server counts: values alone.
    [[nodiscard]] std::size_t size() const;
};

/// What a server takes of all values of one object.
inline constexpr std::size_t kMostKeyedBytes = std::size_t(1024) * 1024;
inline constexpr std::size_t kLongestDataKey = 253;

/// Whether a server takes the key: letters, digits, - _ . but neither "." nor what begins with "..".
[[nodiscard]] bool isDataKey(std::string_view key);

/// Whether bytes are UTF-8, which is all that `data` of a ConfigMap holds.
[[nodiscard]] bool isUtf8(std::string_view bytes);
/// Whether they are for eyes: UTF-8 without control characters other than tabs and ends of line.
[[nodiscard]] bool isReadable(std::string_view bytes);

/// What becomes of one key; holds in every cluster that has the object.
struct KeyEdit {
    std::string was; ///< The key as it was read; empty: a new one.
    std::string key; ///< The key as it is to be; empty: it is taken away.
    /// Nothing: the value stays, each cluster's own.
    std::optional<std::string> bytes = {};

    bool operator==(const KeyEdit&) const = default;
};

/// Why a server would not take the edits, as far as can be told before it is asked.
struct KeyFault {
    enum class Why {
        BadKey,    ///< isDataKey() does not hold, or it is too long.
        Taken,     ///< Two values for one key: another one has it there already.
        TooLarge,  ///< More than kMostKeyedBytes; size says how much it would be.
        Immutable, ///< The object says that it does not change.
        Needed,    ///< Secrets of this type must have the key.
    };
    Why why = Why::BadKey;
    std::string key = {};
    std::size_t size = 0;

    bool operator==(const KeyFault&) const = default;
};

[[nodiscard]] std::vector<KeyFault> faultsOf(const KeyedData& data, const std::vector<KeyEdit>& edits);
/// The data with the edits.
[[nodiscard]] KeyedData edited(const KeyedData& data, const std::vector<KeyEdit>& edits);

/// The write that changes these keys and no others of the object as it was read there; nothing where it is so already.
/// A new or changed value that is no UTF-8 goes to `binaryData` of a ConfigMap; one that only gets another key stays
/// where it was. As Edit::operationFor().
[[nodiscard]] std::optional<Operation> keysOperation(const Target& target, std::string_view opened,
                                                     const std::vector<KeyEdit>& edits);

/// How far the same object in several clusters agrees about a key.
enum class KeySpread {
    Same,    ///< Everywhere, with one value.
    Differs, ///< Everywhere, with several values.
    Partial, ///< Some do not have it.
};
[[nodiscard]] KeySpread spreadOf(std::string_view key, const std::vector<const KeyedData*>& clusters);

} // namespace change
