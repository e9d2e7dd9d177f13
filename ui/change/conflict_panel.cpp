// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/conflict_panel.h"

#include "ui/base/elided_label.h"
#include "ui/base/format.h"
#include "ui/base/theme.h"
#include "ui/change/change_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int kMostShown = 4;

/// Without the values that a secret keeps.
std::vector<change::FieldConflict> presentable(std::vector<change::FieldConflict> conflicts, const std::string& kind) {
    for (change::FieldConflict& conflict : conflicts) {
        if (kind != "Secret" || !(conflict.field.starts_with(".data") || conflict.field.starts_with(".stringData")))
            continue;
        for (std::string* value : {&conflict.live, &conflict.wanted})
            *value = value->empty() ? std::string() : ConflictPanel::tr("hidden", "a value of a secret").toStdString();
    }
    return conflicts;
}

bool isSame(const std::vector<change::FieldConflict>& a, const std::vector<change::FieldConflict>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
        return one.field == other.field && one.manager == other.manager && one.live == other.live &&
               one.wanted == other.wanted;
    });
}

} // namespace

ConflictPanel::ConflictPanel(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_layout(new QVBoxLayout(this))
    , m_meaning(new QLabel(this))
    , m_forAll(new QCheckBox(this))
    , m_decide(new QPushButton(tr("Decide and check again"), this)) {
    setObjectName(QStringLiteral("conflictPanel"));
    setProperty("panel", true);
    m_layout->setContentsMargins(12, 8, 12, 8);
    m_layout->setSpacing(6);
    m_title->setFont(strongFont());
    m_title->setProperty("ink", QStringLiteral("attention"));
    m_meaning->setProperty("ink", QStringLiteral("muted"));
    m_meaning->setWordWrap(true);
    m_decide->setObjectName(QStringLiteral("conflictDecide"));
    m_forAll->setObjectName(QStringLiteral("conflictForAll"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_meaning, 1);
    foot->addWidget(m_forAll);
    foot->addWidget(m_decide);
    m_layout->addWidget(m_title);
    m_layout->addLayout(foot);
    connect(m_decide, &QPushButton::clicked, this, [this] {
        std::vector<change::Resolution> resolutions;
        for (const QComboBox* choice : m_choices)
            resolutions.push_back(static_cast<change::Resolution>(choice->currentData().toInt()));
        emit decided(resolutions, !m_forAll->isHidden() && m_forAll->isChecked());
    });
    hide();
}

void ConflictPanel::setConflicts(const std::vector<change::FieldConflict>& given, const std::string& kind, int alike,
                                 std::int64_t nowMs) {
    const std::vector<change::FieldConflict> conflicts = presentable(given, kind);
    setVisible(!conflicts.empty());
    m_forAll->setVisible(alike > 0);
    m_forAll->setText(tr("The same for %Ln further objects", nullptr, alike));
    if (isSame(conflicts, m_conflicts))
        return;
    m_conflicts = conflicts;
    rebuild(nowMs);
}

QComboBox* ConflictPanel::makeChoice(const QString& name) {
    auto* choice = new QComboBox(m_body);
    choice->setObjectName(QStringLiteral("conflictChoice"));
    choice->setAccessibleName(name);
    choice->addItem(tr("Take over"), int(change::Resolution::TakeOver));
    choice->addItem(tr("Share"), int(change::Resolution::Share));
    choice->addItem(tr("Drop mine"), int(change::Resolution::DropMine));
    choice->setCurrentIndex(2);
    connect(choice, &QComboBox::currentIndexChanged, this, &ConflictPanel::explain);
    return choice;
}

void ConflictPanel::rebuild(std::int64_t nowMs) {
    m_choices.clear();
    delete m_body;
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = area;
    auto* rows = new QWidget(area);
    rows->setAutoFillBackground(false);
    auto* grid = new QGridLayout(rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    int row = 0;
    for (const change::FieldConflict& conflict : m_conflicts) {
        const QString field = fieldText(conflict.field);
        auto* name = new ElidedLabel(rows);
        name->setFont(monoFont());
        name->setText(field);
        auto* owner = new ElidedLabel(rows);
        const QString manager = QString::fromStdString(conflict.manager);
        owner->setText(
            conflict.sinceMs > 0
                ? tr("owned by %1, %2", "manager, and when: 3 h ago").arg(manager, agoText(conflict.sinceMs, nowMs))
                : tr("owned by %1", "a manager of fields").arg(manager));
        owner->setToolTip(QString::fromStdString(conflict.explanation));
        auto* values = new ElidedLabel(rows);
        values->setText(tr("there %1, wanted %2", "two values of a field")
                            .arg(conflict.live.empty() ? tr("nothing") : QString::fromStdString(conflict.live),
                                 conflict.wanted.empty() ? tr("nothing") : QString::fromStdString(conflict.wanted)));
        QComboBox* choice = makeChoice(tr("How the conflict over %1 ends", "%1 is a field").arg(field));
        m_choices.push_back(choice);
        grid->addWidget(name, row, 0);
        grid->addWidget(owner, row, 1);
        grid->addWidget(values, row, 2);
        grid->addWidget(choice, row, 3);
        ++row;
    }
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 2);
    area->setWidget(rows);
    rows->setAutoFillBackground(false);
    const int one = rows->sizeHint().height() / std::max(1, row);
    area->setFixedHeight(row <= kMostShown ? rows->sizeHint().height() : one * kMostShown + one / 2);
    m_layout->insertWidget(1, area);
    m_title->setText(tr("%Ln fields belong to others", nullptr, row));
    for (std::size_t i = 0; i + 1 < m_choices.size(); ++i)
        setTabOrder(m_choices[i], m_choices[i + 1]);
    if (!m_choices.empty()) {
        setTabOrder(m_choices.back(), m_forAll);
        setTabOrder(m_forAll, m_decide);
    }
    explain();
}

// The server knows one switch for a whole apply, so that what is taken over is said of all.
void ConflictPanel::explain() {
    bool takes = false;
    bool shares = false;
    for (const QComboBox* choice : m_choices) {
        const auto resolution = static_cast<change::Resolution>(choice->currentData().toInt());
        takes = takes || resolution == change::Resolution::TakeOver;
        shares = shares || resolution == change::Resolution::Share;
    }
    if (takes)
        m_meaning->setText(tr("Take over: your value is written and the field is yours; its manager loses it and may "
                              "complain."));
    else if (shares)
        m_meaning->setText(tr("Share: the value that is there stays, and both own it from then on."));
    else
        m_meaning->setText(tr("Drop mine: the field stays as it is and with its manager."));
}

} // namespace ui
