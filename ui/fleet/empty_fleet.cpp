// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/empty_fleet.h"

#include "ui/base/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace ui {

EmptyFleet::EmptyFleet(QWidget* parent)
    : QFrame(parent)
    , m_looked(new QLabel(this))
    , m_problems(new QLabel(this)) {
    setObjectName(QStringLiteral("emptyFleet"));
    setProperty("panel", true);
    auto* sentence = new QLabel(tr("No kubeconfig with a context was found."), this);
    sentence->setFont(titleFont());
    setAccessibleName(sentence->text());
    auto* where = new QLabel(tr("Looked for, as kubectl does:"), this);
    where->setProperty("ink", QStringLiteral("muted"));
    m_looked->setObjectName(QStringLiteral("lookedAt"));
    m_looked->setFont(monoFont());
    m_looked->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problems->setProperty("ink", QStringLiteral("attention"));
    m_problems->setWordWrap(true);
    auto* advice =
        new QLabel(tr("Put your kubeconfig there, or name it by KUBECONFIG or --kubeconfig and start again. A "
                      "file that appears is read by itself. To look around without a cluster of your own, "
                      "start quarterdeck --demo."),
                   this);
    advice->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(12);
    layout->addWidget(sentence);
    layout->addWidget(where);
    layout->addWidget(m_looked);
    layout->addWidget(m_problems);
    layout->addWidget(advice);
    layout->addStretch(1);
}

void EmptyFleet::setFacts(const std::vector<std::string>& looked, const std::vector<base::Error>& problems) {
    QStringList paths;
    for (const std::string& path : looked)
        paths.append(QString::fromStdString(path));
    m_looked->setText(paths.join(QLatin1Char('\n')));
    QStringList sentences;
    for (const base::Error& problem : problems)
        sentences.append(QString::fromStdString(problem.message));
    m_problems->setText(sentences.join(QLatin1Char('\n')));
    m_problems->setVisible(!sentences.isEmpty());
}

} // namespace ui
