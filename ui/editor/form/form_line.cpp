// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/form_line.h"

#include "core/base/quantity.h"
#include "core/kube/manifest/selector_field.h"
#include "ui/base/theme.h"

#include <QStyle>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

bool isPort(const QString& text) {
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (isNumber)
        return number > 0 && number <= 65535;
    const bool hasLetter = std::any_of(text.begin(), text.end(), [](QChar c) { return c >= u'a' && c <= u'z'; });
    return hasLetter && text.size() <= 15 && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
           });
}

std::vector<std::string> textsAt(const kube::YamlObject& object, const kube::FieldSteps& list) {
    std::vector<std::string> texts;
    for (int i = 0; i < object.countAt(list); ++i)
        texts.push_back(object.textAt(list / i));
    return texts;
}

std::optional<kube::SelectorForm> selectorForm(FormLine::Kind kind) {
    if (kind == FormLine::Kind::Labels)
        return kube::SelectorForm::Labels;
    if (kind == FormLine::Kind::NodeTerm)
        return kube::SelectorForm::NodeTerm;
    return std::nullopt;
}

} // namespace

QString joinWords(const std::vector<std::string>& words) {
    QStringList parts;
    for (const std::string& word : words) {
        QString text = QString::fromStdString(word);
        const bool isBare = !text.isEmpty() && std::none_of(text.begin(), text.end(), [](QChar c) {
            return c.isSpace() || c == u'"' || c == u'\\';
        });
        if (!isBare) {
            text.replace(u'\\', QLatin1String("\\\\"));
            text.replace(u'"', QLatin1String("\\\""));
            text.replace(u'\n', QLatin1String("\\n"));
            text.replace(u'\t', QLatin1String("\\t"));
            text = u'"' + text + u'"';
        }
        parts.append(text);
    }
    return parts.join(u' ');
}

std::optional<std::vector<std::string>> splitWords(const QString& line) {
    std::vector<std::string> words;
    QString word;
    bool isQuoted = false;
    bool isOpen = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == u'\\' && i + 1 < line.size()) {
            const QChar next = line[++i];
            word += isQuoted && next == u'n' ? QChar(u'\n') : isQuoted && next == u't' ? QChar(u'\t') : next;
            isOpen = true;
        } else if (c == u'"') {
            isQuoted = !isQuoted;
            isOpen = true;
        } else if (c.isSpace() && !isQuoted) {
            if (isOpen)
                words.push_back(word.toStdString());
            word.clear();
            isOpen = false;
        } else {
            word += c;
            isOpen = true;
        }
    }
    if (isQuoted)
        return std::nullopt;
    if (isOpen)
        words.push_back(word.toStdString());
    return words;
}

FormLine::FormLine(FormText& text, Kind kind, const QString& name, QWidget* parent)
    : QLineEdit(parent)
    , m_text(text)
    , m_kind(kind) {
    setAccessibleName(name);
    setToolTip(name);
    if (kind == Kind::Words || kind == Kind::Text || selectorForm(kind))
        setFont(monoFont());
    connect(this, &QLineEdit::textEdited, this, &FormLine::take);
}

void FormLine::setField(kube::FieldSteps field, std::size_t kept) {
    if (field == m_field)
        return;
    m_field = std::move(field);
    m_kept = kept;
    m_read = QString();
    setProblem({});
    setText({});
}

void FormLine::setRange(int least, int most) {
    m_least = least;
    m_most = most;
}

void FormLine::enter(const QString& text) {
    if (isReadOnly())
        return;
    setText(text);
    take(text);
}

QString FormLine::shownText() const {
    const kube::YamlObject& object = m_text.object();
    if (const auto form = selectorForm(m_kind))
        return QString::fromStdString(kube::selectorAt(object, m_field, *form).value_or(std::string()));
    if (m_kind == Kind::Words)
        return joinWords(textsAt(object, m_field));
    if (m_kind != Kind::Pairs)
        return QString::fromStdString(object.textAt(m_field));
    std::vector<std::string> pairs;
    for (const std::string& key : object.keysAt(m_field))
        pairs.push_back(key + "=" + object.textAt(m_field / key));
    return joinWords(pairs);
}

void FormLine::readField() {
    if (const auto form = selectorForm(m_kind))
        setBeyond(!kube::selectorAt(m_text.object(), m_field, *form));
    const QString now = shownText();
    if (now == m_read && !m_problem.isEmpty())
        return;
    m_read = now;
    setProblem({});
    if (isSame(now))
        return;
    setText(now);
    // The beginning mostly tells more than the end.
    if (!m_isTyped && !m_showsEnd)
        setCursorPosition(0);
}

// Another spelling of the same is left as it is being typed.
bool FormLine::isSame(const QString& now) const {
    if (m_isTyped && selectorForm(m_kind))
        return kube::isSameSelector(text().toStdString(), now.toStdString());
    if (m_isTyped && (m_kind == Kind::Words || m_kind == Kind::Pairs))
        return splitWords(text()) == splitWords(now);
    return text() == now;
}

void FormLine::setBeyond(bool isBeyond) {
    if (isBeyond == m_isBeyond)
        return;
    m_isBeyond = isBeyond;
    setReadOnly(isBeyond);
    if (isBeyond)
        m_hint = placeholderText();
    setPlaceholderText(isBeyond ? tr("as the YAML says") : m_hint);
}

QString FormLine::problemOf(const QString& text) const {
    if (text.isEmpty())
        return {};
    bool isNumber = false;
    switch (m_kind) {
    case Kind::Text:
        return {};
    case Kind::Number:
        if (const int number = text.toInt(&isNumber); isNumber && number >= m_least && number <= m_most)
            return {};
        return m_least == 0 ? tr("“%1” is no whole number").arg(text)
               : m_most == std::numeric_limits<int>::max()
                   ? tr("“%1” is no whole number from %2 on").arg(text).arg(m_least)
                   : tr("“%1” is no whole number from %2 to %3").arg(text).arg(m_least).arg(m_most);
    case Kind::Quantity: {
        const auto quantity = base::Quantity::parse(text.toStdString());
        return quantity && !(*quantity < base::Quantity()) ? QString()
                                                           : tr("“%1” is no quantity; 500m, 2 and 512Mi are").arg(text);
    }
    case Kind::Port:
        return isPort(text) ? QString() : tr("“%1” is neither a port's number nor its name").arg(text);
    case Kind::Words:
        return splitWords(text) ? QString() : tr("a quote is left open");
    case Kind::Pairs: {
        const auto words = splitWords(text);
        const bool fits = words && std::all_of(words->begin(), words->end(), [](const std::string& word) {
                              return word.find('=') != std::string::npos && word.front() != '=';
                          });
        return fits ? QString() : tr("write key=value, with blanks between");
    }
    case Kind::Labels:
        return kube::isSelector(text.toStdString(), kube::SelectorForm::Labels)
                   ? QString()
                   : tr("write labels as in “app=web, tier in (a,b), disk, !old”");
    case Kind::NodeTerm:
        return kube::isSelector(text.toStdString(), kube::SelectorForm::NodeTerm)
                   ? QString()
                   : tr("write labels as in “zone in (a,b), disk!=hdd, gpu, !old, cores>4”");
    }
    return {};
}

base::Result<void> FormLine::write(kube::YamlObject& object, const QString& text) const {
    if (const auto form = selectorForm(m_kind))
        return kube::setSelector(object, m_field, *form, text.toStdString(), m_kept);
    const std::vector<std::string> words = splitWords(text).value_or(std::vector<std::string>());
    const bool isList = m_kind == Kind::Words || m_kind == Kind::Pairs;
    if (isList ? words.empty() : text.isEmpty())
        return object.removeEmptied(m_field, m_kept);
    switch (m_kind) {
    case Kind::Words:
        return object.setTexts(m_field, words);
    case Kind::Pairs: {
        std::vector<std::string> gone = object.keysAt(m_field);
        for (const std::string& word : words) {
            const std::string key = word.substr(0, word.find('='));
            std::erase(gone, key);
            if (auto done = object.setText(m_field / key, word.substr(key.size() + 1)); !done)
                return done;
        }
        for (const std::string& key : gone) {
            if (auto done = object.remove(m_field / key); !done)
                return done;
        }
        return {};
    }
    case Kind::Number:
        return object.setNumber(m_field, text.toInt());
    case Kind::Port:
        if (bool isNumber = false; text.toInt(&isNumber) > 0 && isNumber)
            return object.setNumber(m_field, text.toInt());
        [[fallthrough]];
    default:
        return object.setText(m_field, text.toStdString());
    }
}

void FormLine::take(const QString& text) {
    const bool isBare = m_kind != Kind::Text;
    const QString value = isBare ? text.trimmed() : text;
    setProblem(problemOf(value));
    if (!m_problem.isEmpty() || m_field.empty())
        return;
    m_isTyped = true;
    m_text.edit([&](kube::YamlObject& object) { return write(object, value); });
    m_isTyped = false;
}

void FormLine::setProblem(const QString& problem) {
    if (problem == m_problem)
        return;
    m_problem = problem;
    setToolTip(problem.isEmpty() ? accessibleName() : problem);
    setProperty("fault", !problem.isEmpty());
    style()->unpolish(this);
    style()->polish(this);
    emit problemChanged();
}

} // namespace ui
