// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/kind.h"
#include "ui/browser/object_table_model.h"

#include <string>

namespace ui {

/// The object whose details are shown.
struct ObjectSubject {
    ObjectKey key;
    kube::Kind kind;
    std::string owner; ///< RowHead::owner's text.
    [[nodiscard]] bool isNull() const { return key.isNull(); }
};

/// "apiVersion\tKind\tname\tuid" taken apart; all empty for none.
struct OwnerRef {
    std::string apiVersion;
    std::string kind;
    std::string name;
    std::string uid;
    [[nodiscard]] bool isNull() const { return name.empty(); }
};

[[nodiscard]] inline OwnerRef parseOwner(const std::string& text) {
    OwnerRef owner;
    const std::size_t first = text.find('\t');
    const std::size_t second = first == std::string::npos ? first : text.find('\t', first + 1);
    const std::size_t third = second == std::string::npos ? second : text.find('\t', second + 1);
    if (third == std::string::npos)
        return owner;
    owner.apiVersion = text.substr(0, first);
    owner.kind = text.substr(first + 1, second - first - 1);
    owner.name = text.substr(second + 1, third - second - 1);
    owner.uid = text.substr(third + 1);
    return owner;
}

} // namespace ui
