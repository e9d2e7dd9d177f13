// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/keyed_table_model.h"
#include "ui/config/key_draft.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace ui {

/// A certificate that ends within these days is pointed out.
inline constexpr std::int64_t kWarnDays = 30;

/// One key as the list shows it; nothing of its value.
struct KeyRow {
    enum class What { Text, Binary, Certificate, DamagedCertificate };

    int id = 0;
    QString key;
    QString was;
    qint64 size = 0;
    What what = What::Text;
    qint64 days = 0; ///< Of the certificate that ends first.
    bool isNew = false;
    bool isChanged = false;
    bool isRemoved = false;
    change::KeySpread spread = change::KeySpread::Same;

    bool operator==(const KeyRow&) const = default;
};

using KeyModel = KeyedTableModel<KeyRow, int>;

KeyModel* makeKeyModel(QObject* parent);
std::vector<KeyRow> keyRows(const KeyDraft& draft, std::int64_t nowMs);

/// "expired 3 days ago", "ends in 12 days", "400 days left".
QString expiryText(std::int64_t days);
/// Good, or what the end being near or past asks for.
Mark expiryMark(std::int64_t days);

} // namespace ui
