// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/describe/summary.h"

#include <QString>
#include <QUrl>

#include <cstdint>
#include <optional>

namespace ui {

/// The object behind a link of a summary.
struct ObjectLink {
    QString kind;
    QString ns;
    QString name;
};

/// A summary as rich text in the colours of the scheme in use; moments as ages with the date, other objects as links.
[[nodiscard]] QString summaryHtml(const kube::Summary& summary, std::int64_t nowMs);
[[nodiscard]] QUrl linkUrl(const ObjectLink& link);
[[nodiscard]] std::optional<ObjectLink> linkOf(const QUrl& url);

} // namespace ui
