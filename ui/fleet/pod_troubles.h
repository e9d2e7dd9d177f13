// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/fleet.h"
#include "core/fleet/view.h"
#include "ui/fleet/needs.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace ui {

/// The pods of all connected clusters that do not work. Keeps those only, whatever the view holds.
class PodTroubles : public QObject {
    Q_OBJECT
public:
    explicit PodTroubles(fleet::Fleet& fleet, QObject* parent = nullptr);
    ~PodTroubles() override;

    [[nodiscard]] std::vector<BrokenPod> pods() const;
    void setActive(bool active);
    [[nodiscard]] bool isSettled() const;

signals:
    void changed();

private:
    void take(const fleet::ViewDelta& delta);
    bool put(fleet::RowId id);

    std::unique_ptr<fleet::View> m_view;
    std::map<fleet::RowId, BrokenPod> m_pods;
};

} // namespace ui
