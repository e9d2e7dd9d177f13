// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/key_table.h"

#include "core/net/certificate.h"
#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace ui {

class KeyTable {
    Q_DECLARE_TR_FUNCTIONS(ui::KeyTable)
};

namespace {

Cell keyCell(const KeyRow& row) {
    Cell cell;
    cell.text = row.key;
    cell.face = CellFace::Mono;
    cell.dimmed = row.isRemoved;
    return cell;
}

Cell whatCell(const KeyRow& row) {
    Cell cell;
    cell.elide = CellElide::End;
    switch (row.what) {
    case KeyRow::What::Text:
        cell.text = KeyTable::tr("text", "kind of a value");
        cell.ink = Ink::Muted;
        break;
    case KeyRow::What::Binary:
        cell.text = KeyTable::tr("binary", "kind of a value");
        cell.ink = Ink::Muted;
        break;
    case KeyRow::What::DamagedCertificate:
        cell.text = KeyTable::tr("certificate, damaged");
        cell.mark = Mark::Broken;
        break;
    case KeyRow::What::Certificate:
        cell.text = expiryText(row.days);
        cell.mark = expiryMark(row.days);
        break;
    }
    return cell;
}

QString whatTip(const KeyRow& row) {
    return row.what == KeyRow::What::Certificate
               ? KeyTable::tr("certificate, %1", "%1 is: 12 days left").arg(expiryText(row.days))
               : whatCell(row).text;
}

Cell sizeCell(const KeyRow& row) {
    const Measured size = bytesText(row.size);
    Cell cell;
    cell.text = size.number;
    cell.unit = size.unit;
    cell.align = CellAlign::Right;
    return cell;
}

Cell stateCell(const KeyRow& row) {
    Cell cell;
    cell.elide = CellElide::End;
    cell.ink = Ink::Accent;
    if (row.isRemoved) {
        cell.text = KeyTable::tr("is taken away", "a key");
    } else if (row.isNew) {
        cell.text = KeyTable::tr("new", "a key");
    } else if (row.key != row.was) {
        cell.text = KeyTable::tr("was %1", "the name of a key before").arg(row.was);
    } else if (row.isChanged) {
        cell.text = KeyTable::tr("changed", "the value of a key");
    } else if (row.spread != change::KeySpread::Same) {
        cell.text = row.spread == change::KeySpread::Differs
                        ? KeyTable::tr("differs", "a value, between clusters")
                        : KeyTable::tr("not everywhere", "a key, in some clusters only");
        cell.mark = Mark::Attention;
        cell.ink = Ink::Text;
    }
    return cell;
}

void readCertificate(const std::string& bytes, std::int64_t nowMs, KeyRow& row) {
    const auto chain = net::readCertificateChain(bytes);
    row.what = chain ? KeyRow::What::Certificate : KeyRow::What::DamagedCertificate;
    if (!chain)
        return;
    std::int64_t first = chain->certificates.front().says.notAfterMs;
    for (const net::ChainCertificate& one : chain->certificates)
        first = std::min(first, one.says.notAfterMs);
    row.days = net::daysLeft(first, nowMs);
}

} // namespace

KeyModel* makeKeyModel(QObject* parent) {
    std::vector<TableColumn<KeyRow>> columns{
        {QStringLiteral("key"), KeyTable::tr("Key"), 150, CellAlign::Left, keyCell, {}, {}},
        {QStringLiteral("size"),
         KeyTable::tr("Size"),
         70,
         CellAlign::Right,
         sizeCell,
         [](const KeyRow& row) { return QVariant(row.size); },
         {}},
        {QStringLiteral("what"), KeyTable::tr("Value"), 150, CellAlign::Left, whatCell, {}, whatTip},
        {QStringLiteral("state"), KeyTable::tr("Change"), 110, CellAlign::Left, stateCell, {}, {}},
    };
    return new KeyModel([](const KeyRow& row) { return row.id; }, std::move(columns), parent);
}

std::vector<KeyRow> keyRows(const KeyDraft& draft, std::int64_t nowMs) {
    std::vector<KeyRow> rows;
    for (const KeyDraft::Entry& entry : draft.entries()) {
        KeyRow& row = rows.emplace_back();
        row.id = entry.id;
        row.key = QString::fromStdString(entry.key);
        row.was = QString::fromStdString(entry.was);
        row.isNew = entry.isNew();
        row.isChanged = entry.bytes.has_value();
        row.isRemoved = entry.isRemoved;
        row.spread = draft.spreadOf(entry);
        const std::string* bytes = draft.bytesOf(entry);
        if (bytes == nullptr)
            continue;
        row.size = static_cast<qint64>(bytes->size());
        if (net::hasCertificates(*bytes))
            readCertificate(*bytes, nowMs, row);
        else
            row.what = change::isReadable(*bytes) ? KeyRow::What::Text : KeyRow::What::Binary;
    }
    return rows;
}

QString expiryText(std::int64_t days) {
    if (days < 0)
        return KeyTable::tr("expired %Ln days ago", "a certificate", static_cast<int>(-days));
    if (days == 0)
        return KeyTable::tr("ends within a day", "a certificate");
    if (days < kWarnDays)
        return KeyTable::tr("ends in %Ln days", "a certificate", static_cast<int>(days));
    return KeyTable::tr("%Ln days left", "a certificate", static_cast<int>(days));
}

Mark expiryMark(std::int64_t days) {
    return days < 0 ? Mark::Broken : days < kWarnDays ? Mark::Attention : Mark::Good;
}

} // namespace ui
