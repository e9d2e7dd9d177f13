// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/fleet/ids.h"

#include <QObject>
#include <QTimer>

#include <set>

namespace change {
class Door;
} // namespace change
namespace fleet {
class Fleet;
struct FleetNotice;
} // namespace fleet

namespace app {

/// A program that died left writes of which nobody knows what became: whenever a cluster answers that did not before,
/// they are read back, as far as clusters answer, and noted in the journal.
class UnknownSettler : public QObject {
    Q_OBJECT
public:
    UnknownSettler(fleet::Fleet& fleet, change::Door& door, QObject* parent = nullptr);

private:
    void look();
    void settle();

    fleet::Fleet& m_fleet;
    change::Door& m_door;
    std::set<fleet::ClusterId> m_answering;
    QTimer m_soon;
    bool m_isSettling = false;
    base::Cancel m_notices;
    base::Cancel m_settling;
};

} // namespace app
