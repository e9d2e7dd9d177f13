// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command.h"

#include <QHash>
#include <QStringList>

namespace ui {

namespace {

Command::Verb verbOf(const QString& word) {
    static const QHash<QString, Command::Verb> verbs = {
        {QStringLiteral("ctx"), Command::Verb::Context},
        {QStringLiteral("context"), Command::Verb::Context},
        {QStringLiteral("contexts"), Command::Verb::Context},
        {QStringLiteral("cluster"), Command::Verb::Context},
        {QStringLiteral("ns"), Command::Verb::Namespace},
        {QStringLiteral("namespace"), Command::Verb::Namespace},
        {QStringLiteral("settings"), Command::Verb::Settings},
        {QStringLiteral("help"), Command::Verb::Help},
        {QStringLiteral("?"), Command::Verb::Help},
        {QStringLiteral("q"), Command::Verb::Quit},
        {QStringLiteral("q!"), Command::Verb::Quit},
        {QStringLiteral("qa"), Command::Verb::Quit},
        {QStringLiteral("quit"), Command::Verb::Quit},
        {QStringLiteral("exit"), Command::Verb::Quit},
    };
    return verbs.value(word.toLower(), Command::Verb::Subject);
}

bool isSelector(const QString& word) {
    return word.contains(QLatin1Char('='));
}

} // namespace

Command parseCommand(const QString& typed) {
    Command command;
    QString text = typed.trimmed();
    if (text.startsWith(QLatin1Char(':')))
        text = text.mid(1).trimmed();
    // Everything behind a '/' that stands at a word's start is filter, blanks included.
    const qsizetype slash = text.indexOf(QStringLiteral(" /"));
    if (slash > 0) {
        command.filter = text.mid(slash + 2).trimmed();
        if (command.filter.startsWith(QLatin1Char('!')))
            command.filter = QLatin1Char('-') + command.filter.mid(1);
        text = text.left(slash).trimmed();
    }
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return command;
    command.verb = verbOf(words.first());
    if (command.verb == Command::Verb::Context || command.verb == Command::Verb::Namespace) {
        command.subject = words.value(1);
        return command;
    }
    if (command.verb != Command::Verb::Subject)
        return command;
    command.subject = words.first();
    QStringList selectors;
    for (const QString& word : words.mid(1)) {
        if (word.startsWith(QLatin1Char('@')))
            command.context = word.mid(1);
        else if (isSelector(word))
            selectors.append(word);
        else
            command.ns = word;
    }
    if (!selectors.isEmpty()) {
        const QString labels = QStringLiteral("label:") + selectors.join(QLatin1Char(','));
        command.filter = command.filter.isEmpty() ? labels : labels + QLatin1Char(' ') + command.filter;
    }
    return command;
}

} // namespace ui
