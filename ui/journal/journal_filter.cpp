// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journal_filter.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ui {

class JournalFilterText {
    Q_DECLARE_TR_FUNCTIONS(ui::JournalFilter)
};

namespace {

QString verbs() {
    QStringList names;
    for (const change::Verb verb : {change::Verb::Create, change::Verb::Apply, change::Verb::MergePatch,
                                    change::Verb::JsonPatch, change::Verb::StrategicPatch, change::Verb::Replace,
                                    change::Verb::Scale, change::Verb::Evict, change::Verb::Delete, change::Verb::Exec,
                                    change::Verb::Attach, change::Verb::PortForward, change::Verb::Copy}) {
        const std::string_view name = change::toString(verb);
        names.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    return names.join(QStringLiteral(", "));
}

/// False where the name is none of a field, so that it is a word like others ("Deployment:web").
bool takeField(const QString& name, const std::string& value, JournalFilter& filter, bool& isKnownValue) {
    change::JournalQuery& query = filter.query;
    if (name == QLatin1String("cluster"))
        query.cluster = value;
    else if (name == QLatin1String("ns") || name == QLatin1String("namespace"))
        query.ns = value;
    else if (name == QLatin1String("name"))
        query.name = value;
    else if (name == QLatin1String("resource"))
        query.resource = value;
    else if (name == QLatin1String("set"))
        query.set = value;
    else if (name == QLatin1String("result")) {
        query.outcome = change::outcomeFrom(value);
        isKnownValue = query.outcome.has_value();
    } else if (name == QLatin1String("verb")) {
        query.verb = change::verbFrom(value);
        isKnownValue = query.verb.has_value();
    } else
        return false;
    return true;
}

} // namespace

JournalFilter parseJournalFilter(const QString& text) {
    static const QRegularExpression word(QStringLiteral("\\S+"));
    JournalFilter filter;
    QStringList words;
    for (auto at = word.globalMatch(text); at.hasNext();) {
        const QRegularExpressionMatch match = at.next();
        const QString found = match.captured();
        const qsizetype colon = found.indexOf(u':');
        bool isKnownValue = true;
        if (colon > 0 && colon + 1 < found.size() &&
            takeField(found.left(colon), found.mid(colon + 1).toStdString(), filter, isKnownValue)) {
            if (!isKnownValue && !filter.problem)
                filter.problem = FilterProblem{
                    static_cast<int>(match.capturedStart() + colon + 1), static_cast<int>(found.size() - colon - 1),
                    found.startsWith(QLatin1String("verb"))
                        ? JournalFilterText::tr("verbs are %1").arg(verbs())
                        : JournalFilterText::tr("results are done, failed, not-sent, unknown, sending")};
            continue;
        }
        words.append(found);
    }
    filter.query.words = words.join(u' ').toStdString();
    return filter;
}

} // namespace ui
