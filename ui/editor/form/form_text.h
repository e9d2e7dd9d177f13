// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/yaml_object.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <string>

namespace ui {

/// The text that a form shows and changes. Every change is made in the text itself, and goes out at once.
class FormText : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// What the text is now; changed() tells the form to read it, unless it was so already.
    void setText(const QString& text);
    /// Why there is nothing to read; empty where there is.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// Only where there is no problem.
    [[nodiscard]] const kube::YamlObject& object() const { return *m_object; }

    /// "Deployment"; empty where the text has no form.
    [[nodiscard]] std::string kind() const { return m_kind; }
    [[nodiscard]] bool isAutoscaler() const { return m_kind == "HorizontalPodAutoscaler"; }
    /// The way to the pods' spec, for what has pods.
    [[nodiscard]] kube::FieldSteps podSpec() const;

    using Edit = std::function<base::Result<void>(kube::YamlObject&)>;
    /// Edits the text as one change; where that fails, nothing is changed and refused() tells why.
    bool edit(const Edit& edit);

signals:
    void changed();
    void edited(const QString& text);
    void refused(const QString& why);

private:
    std::optional<kube::YamlObject> m_object;
    QString m_problem;
    std::string m_kind;
};

} // namespace ui
