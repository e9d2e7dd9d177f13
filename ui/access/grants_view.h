// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/access/rbac_reader.h"
#include "core/kube/discovery.h"
#include "ui/access/access_view.h"
#include "ui/access/grants_table.h"

#include <map>

namespace ui {

/// Who can do something on something: the subjects whom roles and bindings of the clusters in scope let, and why.
class GrantsView : public AccessView {
    Q_OBJECT
public:
    struct Question {
        QString verb = QStringLiteral("get");
        QString resource =
            QStringLiteral("pods"); ///< As typed: "deploy", "pods/exec", "deployments.apps/scale", "/metrics"
        QString name;               ///< Empty: no object in particular.
        bool operator==(const Question&) const = default;
        /// "get pods/exec web-0"
        [[nodiscard]] QString text() const;
    };

    GrantsView(const PageContext& context, const AccessFilter& filter, QWidget* parent);

    [[nodiscard]] OrderedTableModel& model() const override { return *m_model; }
    void refilter() override;
    /// Asks no server: the roles that were read answer every question.
    void setQuestion(const Question& question);
    [[nodiscard]] const Question& question() const { return m_question; }
    /// How many different subjects there are.
    [[nodiscard]] int subjectCount() const { return m_subjects; }

protected:
    void ask(fleet::ClusterId cluster) override;
    void giveUp(fleet::ClusterId cluster) override { m_readings[cluster].call.cancel(); }
    void drop(fleet::ClusterId cluster) override { m_readings.erase(cluster); }
    void readRows() override;
    void describe(AccessFacts& facts) const override;

private:
    struct Reading {
        std::optional<kube::RbacReading> roles;
        base::Cancel call;
    };
    void readPart(AccessPart& part, const kube::RbacReading& reading, std::vector<GrantRow>& rows) const;
    /// What the question means to a cluster; nothing if it does not know the resource.
    [[nodiscard]] std::optional<kube::AccessAttributes> attributes(const kube::KindCatalog* kinds) const;

    GrantsModel* m_model;
    std::map<fleet::ClusterId, Reading> m_readings;
    Question m_question;
    int m_subjects = 0;
};

} // namespace ui
