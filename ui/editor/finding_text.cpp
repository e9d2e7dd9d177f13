// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/finding_text.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct FindingText {
    Q_DECLARE_TR_FUNCTIONS(ui::FindingText)
};

QString typeText(const kube::openapi::Schema& schema, bool isRequired) {
    QString text = QString::fromStdString(schema.typeName());
    if (isRequired)
        text = FindingText::tr("%1, required", "%1 is the type of a field").arg(text);
    if (!schema.defaultJson.empty() && !schema.isDefaultZero)
        text = FindingText::tr("%1, default %2", "%1 is the type of a field")
                   .arg(text, QString::fromStdString(schema.defaultJson));
    return text;
}

} // namespace

QString findingText(const kube::openapi::Finding& finding) {
    using kube::openapi::Fault;
    const QString path = finding.path.empty() ? FindingText::tr("the object", "where a field is missing")
                                              : QString::fromStdString(toString(finding.path));
    const QString name = QString::fromStdString(finding.name);
    const QString wanted = QString::fromStdString(finding.wanted);
    switch (finding.fault) {
    case Fault::UnknownField:
        return wanted.isEmpty() ? FindingText::tr("%1: there is no such field").arg(path)
                                : FindingText::tr("%1: there is no such field; did you mean %2?").arg(path, wanted);
    case Fault::WrongType:
        return FindingText::tr("%1: must be of type %2", "%1 is a field").arg(path, wanted);
    case Fault::Missing:
        return FindingText::tr("%1: the field %2 is missing").arg(path, name);
    case Fault::NoChoice:
        return FindingText::tr("%1: must be one of %2", "%1 is a field").arg(path, wanted);
    case Fault::BadForm:
        return FindingText::tr("%1: is not of the form %2", "%1 is a field, %2 like quantity, time or base64")
            .arg(path, wanted);
    case Fault::OutOfRange:
        return FindingText::tr("%1: too large for %2", "%1 is a field, %2 like int32").arg(path, wanted);
    }
    return {};
}

QString fieldStatement(const QString& path, const kube::openapi::Schema& schema, bool isRequired) {
    const QString head = FindingText::tr("%1 (%2)", "a field, and its type").arg(path, typeText(schema, isRequired));
    const QString text = QString::fromStdString(schema.description).simplified();
    return text.isEmpty() ? head : FindingText::tr("%1: %2", "a field with its type: what it is").arg(head, text);
}

} // namespace ui
