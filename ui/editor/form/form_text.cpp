// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/form_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace ui {

namespace {

struct KindForm {
    std::string_view apiVersion;
    std::string_view kind;
};

constexpr std::array kForms{KindForm{"apps/v1", "Deployment"},
                            KindForm{"apps/v1", "StatefulSet"},
                            KindForm{"apps/v1", "DaemonSet"},
                            KindForm{"apps/v1", "ReplicaSet"},
                            KindForm{"batch/v1", "Job"},
                            KindForm{"batch/v1", "CronJob"},
                            KindForm{"v1", "Pod"},
                            KindForm{"autoscaling/v2", "HorizontalPodAutoscaler"}};

} // namespace

void FormText::setText(const QString& text) {
    std::string now = text.toStdString();
    if (m_object && m_object->text() == now)
        return;
    base::Result<kube::YamlObject> object = kube::YamlObject::read(std::move(now));
    m_problem.clear();
    m_kind.clear();
    if (object) {
        m_object = *std::move(object);
        const std::string apiVersion = m_object->textAt({{"apiVersion"}});
        const std::string kind = m_object->textAt({{"kind"}});
        if (std::any_of(kForms.begin(), kForms.end(),
                        [&](const KindForm& form) { return form.apiVersion == apiVersion && form.kind == kind; }))
            m_kind = kind;
        else
            m_problem = kind.empty() ? tr("The text does not say of which kind it is.")
                                     : tr("There is no form for %1 (%2).", "a kind, its version")
                                           .arg(QString::fromStdString(kind), QString::fromStdString(apiVersion));
    } else {
        m_object.reset();
        m_problem =
            tr("The form waits until the text can be read: %1").arg(QString::fromStdString(object.error().message));
    }
    emit changed();
}

kube::FieldSteps FormText::podSpec() const {
    if (m_kind == "Pod")
        return {{"spec"}};
    if (m_kind == "CronJob")
        return {{"spec"}, {"jobTemplate"}, {"spec"}, {"template"}, {"spec"}};
    return {{"spec"}, {"template"}, {"spec"}};
}

bool FormText::edit(const Edit& edit) {
    if (!m_object || m_kind.empty())
        return false;
    kube::YamlObject object = *m_object;
    const base::Result<void> done = edit(object);
    if (!done) {
        // The field shows again what is so.
        emit changed();
        emit refused(QString::fromStdString(done.error().message));
        return false;
    }
    if (object.text() == m_object->text())
        return true;
    m_object = std::move(object);
    const QString text = QString::fromStdString(m_object->text());
    emit edited(text);
    emit changed();
    return true;
}

} // namespace ui
