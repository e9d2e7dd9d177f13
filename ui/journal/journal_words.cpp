// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journal_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace ui {

class JournalWords {
    Q_DECLARE_TR_FUNCTIONS(ui::JournalWords)
};

namespace {

QString exactTime(std::int64_t ms) {
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString outcomeText(const change::JournalEntry& entry) {
    const QString message = QString::fromStdString(entry.message);
    switch (entry.outcome) {
    case change::Outcome::Done:
        return message.isEmpty() ? JournalWords::tr("done") : JournalWords::tr("done: %1").arg(message);
    case change::Outcome::Failed:
        return JournalWords::tr("failed: %1", "%1 is why").arg(message);
    case change::Outcome::Unknown:
        return JournalWords::tr("unknown: %1", "%1 is why").arg(message);
    case change::Outcome::Sending:
        return change::isInPod(entry.verb) ? JournalWords::tr("under way…") : JournalWords::tr("being sent…");
    case change::Outcome::NotSent:
        break;
    }
    return message.isEmpty() ? JournalWords::tr("not sent")
                             : JournalWords::tr("not sent: %1", "%1 is why").arg(message);
}

} // namespace

QString verbText(const change::JournalEntry& entry) {
    switch (entry.verb) {
    case change::Verb::Create:
        return JournalWords::tr("Create");
    case change::Verb::Apply:
        return JournalWords::tr("Apply");
    case change::Verb::MergePatch:
    case change::Verb::JsonPatch:
    case change::Verb::StrategicPatch:
        return JournalWords::tr("Patch");
    case change::Verb::Replace:
        return JournalWords::tr("Replace");
    case change::Verb::Scale:
        return JournalWords::tr("Scale");
    case change::Verb::Evict:
        return JournalWords::tr("Evict");
    case change::Verb::Delete:
        break;
    case change::Verb::Exec:
        return JournalWords::tr("Run", "a command in a container");
    case change::Verb::Attach:
        return JournalWords::tr("Attach");
    case change::Verb::PortForward:
        return JournalWords::tr("Forward ports");
    case change::Verb::Copy:
        return JournalWords::tr("Copy files");
    }
    return JournalWords::tr("Delete");
}

Cell outcomeCell(const change::JournalEntry& entry) {
    Cell cell;
    cell.text = outcomeText(entry);
    cell.elide = CellElide::End;
    switch (entry.outcome) {
    case change::Outcome::Done:
        cell.mark = Mark::Good;
        break;
    case change::Outcome::Failed:
        cell.mark = Mark::Broken;
        break;
    case change::Outcome::Unknown:
        cell.mark = Mark::Attention;
        break;
    case change::Outcome::Sending:
        cell.mark = Mark::Pending;
        break;
    case change::Outcome::NotSent:
        cell.mark = Mark::NotConnected;
        cell.ink = Ink::Muted;
        break;
    }
    return cell;
}

QString entryTimeText(const change::JournalEntry& entry) {
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(entry.beganMs > 0 ? entry.beganMs : entry.setMs);
    return then.date() == QDate::currentDate() ? then.toString(QStringLiteral("HH:mm:ss"))
                                               : then.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString entryStory(const change::JournalEntry& entry) {
    const QString user = QString::fromStdString(entry.clusterUser);
    const QString who = QString::fromStdString(entry.person);
    const QString program = QString::fromStdString(entry.program);
    QString story =
        JournalWords::tr("%1 with %2, as %3", "person, program, user of the kubeconfig").arg(who, program, user);
    if (entry.beganMs > 0)
        story = JournalWords::tr("%1; sent %2", "who, when").arg(story, exactTime(entry.beganMs));
    if (entry.serverMs > 0)
        story = JournalWords::tr("%1; the server's clock said %2").arg(story, exactTime(entry.serverMs));
    return story;
}

QString entryIntentText(const change::JournalEntry& entry) {
    return entry.intent.empty()
               ? QString()
               : JournalWords::tr("Why: %1", "%1 is an operator's reason").arg(QString::fromStdString(entry.intent));
}

} // namespace ui
