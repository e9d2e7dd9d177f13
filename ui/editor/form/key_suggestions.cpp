// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/key_suggestions.h"

#include "ui/editor/form/form_line.h"

#include <QCompleter>
#include <QWheelEvent>

namespace ui {

namespace {

const QStringList& topologyKeys() {
    static const QStringList keys{QStringLiteral("kubernetes.io/hostname"),
                                  QStringLiteral("topology.kubernetes.io/zone"),
                                  QStringLiteral("topology.kubernetes.io/region")};
    return keys;
}

const QStringList& nodeLabels() {
    static const QStringList labels =
        topologyKeys() + QStringList{QStringLiteral("node.kubernetes.io/instance-type"),
                                     QStringLiteral("kubernetes.io/arch"), QStringLiteral("kubernetes.io/os"),
                                     QStringLiteral("node-role.kubernetes.io/control-plane")};
    return labels;
}

/// Where the requirement starts that is being typed.
qsizetype lastPart(const QString& text) {
    qsizetype start = text.lastIndexOf(u',') + 1;
    while (start < text.size() && (text[start].isSpace() || text[start] == u'!'))
        ++start;
    return start;
}

/// Completes the last requirement's key instead of the whole line.
class SelectorCompleter : public QCompleter {
public:
    SelectorCompleter(const QStringList& keys, FormLine& line)
        : QCompleter(keys, &line)
        , m_line(line) {}

    [[nodiscard]] QStringList splitPath(const QString& path) const override {
        const QString part = path.mid(lastPart(path));
        // Within brackets there are values, and with nothing typed nothing is to be guessed.
        const bool isValue = path.count(u'(') > path.count(u')');
        return {part.isEmpty() || isValue ? QStringLiteral(" ") : part};
    }
    [[nodiscard]] QString pathFromIndex(const QModelIndex& index) const override {
        return m_line.text().left(lastPart(m_line.text())) + QCompleter::pathFromIndex(index);
    }

private:
    FormLine& m_line;
};

void complete(FormLine& line, QCompleter* completer) {
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    line.setCompleter(completer);
    QObject::connect(completer, qOverload<const QString&>(&QCompleter::activated), &line, &FormLine::enter);
}

} // namespace

void suggestNodeLabels(FormLine& line) {
    complete(line, new SelectorCompleter(nodeLabels(), line));
}

TopologyBox::TopologyBox(FormLine& line, QWidget* parent)
    : QComboBox(parent) {
    // Keys begin alike and differ at the end.
    line.showEnd();
    line.setFont(font());
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    setAccessibleName(line.accessibleName());
    setInsertPolicy(QComboBox::NoInsert);
    setLineEdit(&line);
    addItems(topologyKeys());
    setCurrentIndex(-1);
    complete(line, new QCompleter(topologyKeys(), &line));
    connect(this, &QComboBox::textActivated, &line, &FormLine::enter);
}

void TopologyBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace ui
