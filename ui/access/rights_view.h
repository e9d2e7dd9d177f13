// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/permissions.h"
#include "ui/access/access_view.h"
#include "ui/access/rights_table.h"

#include <map>

namespace ui {

/// What we ourselves may do here: every resource of the clusters in scope with the verbs that are allowed.
class RightsView : public AccessView {
    Q_OBJECT
public:
    RightsView(const PageContext& context, const AccessFilter& filter, QWidget* parent);

    [[nodiscard]] OrderedTableModel& model() const override { return *m_model; }
    void refilter() override;
    /// The resource under the cursor as typed ("deployments.apps/scale"), and the verb of its column; both empty where
    /// there is none.
    struct Question {
        QString resource;
        QString verb;
    };
    [[nodiscard]] Question currentQuestion() const;
    [[nodiscard]] int allowedCount() const { return m_allowed; }

protected:
    void ask(fleet::ClusterId cluster) override;
    void giveUp(fleet::ClusterId cluster) override { m_asked.erase(cluster); }
    void drop(fleet::ClusterId cluster) override;
    void readRows() override;
    void describe(AccessFacts& facts) const override;

private:
    struct Answer {
        fleet::Permissions::Rules here;
        fleet::Permissions::Rules everywhere;
        base::Cancel callHere;
        base::Cancel callEverywhere;
    };
    void take(fleet::ClusterId cluster, fleet::Permissions::Rules Answer::* into,
              base::Result<fleet::Permissions::Rules> rules);

    RightsModel* m_model;
    std::map<fleet::ClusterId, Answer> m_answers;
    std::map<fleet::ClusterId, Answer> m_asked; ///< Under way; the answer before is shown until it came.
    int m_allowed = 0;
};

} // namespace ui
