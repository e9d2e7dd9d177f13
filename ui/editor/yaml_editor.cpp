// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/yaml_editor.h"

#include "ui/base/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <Qsci/qscilexeryaml.h>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kNumberMargin = 0;
constexpr int kFoldMargin = 2;
constexpr int kBroken = 8;
constexpr int kDoubtful = 9;
constexpr int kIndent = 2;
/// Longer lists are not read.
constexpr qsizetype kMostProposals = 200;

} // namespace

YamlEditor::YamlEditor(QWidget* parent)
    : QsciScintilla(parent)
    , m_yaml(new QsciLexerYAML(this)) {
    setObjectName(QStringLiteral("yamlEditor"));
    setAccessibleName(tr("YAML"));
    setUtf8(true);
    setEolMode(EolUnix);
    setLexer(m_yaml);
    setIndentationsUseTabs(false);
    setTabWidth(kIndent);
    setIndentationWidth(kIndent);
    setTabIndents(true);
    setBackspaceUnindents(true);
    setAutoIndent(true);
    setFolding(PlainFoldStyle, kFoldMargin);
    setMarginType(kNumberMargin, NumberMargin);
    setMarginWidth(1, 0);
    setFrameShape(QFrame::NoFrame);
    indicatorDefine(SquiggleIndicator, kBroken);
    indicatorDefine(SquiggleIndicator, kDoubtful);
    setWrapMode(WrapNone);
    // The list is ours: one proposal a line, in our order.
    setAutoCompletionSource(AcsNone);
    SendScintilla(SCI_AUTOCSETSEPARATOR, '\n');
    SendScintilla(SCI_AUTOCSETORDER, 2UL);
    SendScintilla(SCI_AUTOCSETIGNORECASE, 1UL);
    SendScintilla(SCI_AUTOCSETMAXHEIGHT, 12UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    setUpKeys();
    applyTheme();
    connect(this, &QsciScintilla::cursorPositionChanged, this, &YamlEditor::cursorMoved);
    connect(this, &QsciScintilla::linesChanged, this,
            [this] { setMarginWidth(kNumberMargin, QLatin1Char('0') + QString::number(std::max(lines(), 100))); });
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, [this](int) { showProposals(false); });
    connect(this, qOverload<const char*, int, int, int>(&QsciScintillaBase::SCN_AUTOCCOMPLETED), this,
            [this](const char* text, int, int, int) { finishProposal(QString::fromUtf8(text)); });
    connect(this, &QsciScintillaBase::SCN_AUTOCSELECTIONCHANGE, this, [this](const char* text, int, int) {
        const QString chosen = QString::fromUtf8(text);
        for (const EditorProposal& one : std::as_const(m_proposed)) {
            if (one.text == chosen)
                emit proposalLookedAt(one.statement);
        }
    });
}

void YamlEditor::setLanguage(Language language) {
    const bool isYaml = language == Language::Yaml;
    if (isYaml == (lexer() != nullptr))
        return;
    setLexer(isYaml ? m_yaml : nullptr);
    setIndentationsUseTabs(!isYaml);
    setFolding(isYaml ? PlainFoldStyle : NoFoldStyle, kFoldMargin);
    applyTheme();
}

// Keys of the window that Scintilla would take for itself.
void YamlEditor::setUpKeys() {
    for (const unsigned key :
         {unsigned('L'), unsigned('T'), unsigned('D'), unsigned('U'), unsigned('K'), unsigned('W')}) {
        for (const unsigned modifiers : {unsigned(SCMOD_CTRL), unsigned(SCMOD_CTRL) | unsigned(SCMOD_SHIFT)})
            SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key | (modifiers << 16U)));
    }
}

void YamlEditor::applyTheme() {
    const Tokens& colours = tokens();
    setFont(monoFont());
    applyLexerColours();
    setPaper(colours.panel);
    setColor(colours.text);
    setCaretForegroundColor(colours.text);
    setCaretLineVisible(true);
    setCaretLineBackgroundColor(colours.window);
    setSelectionBackgroundColor(colours.selection);
    resetSelectionForegroundColor();
    setMarginsFont(monoFont());
    setMarginsBackgroundColor(colours.panel);
    setMarginsForegroundColor(colours.muted);
    setFoldMarginColors(colours.panel, colours.panel);
    setIndicatorForegroundColor(colours.broken, kBroken);
    setIndicatorForegroundColor(colours.attention, kDoubtful);
    setMarginWidth(kNumberMargin, QLatin1Char('0') + QString::number(std::max(lines(), 100)));
    for (unsigned long marker = SC_MARKNUM_FOLDEREND; marker <= SC_MARKNUM_FOLDEROPEN; ++marker) {
        SendScintilla(SCI_MARKERSETFORE, marker, colours.panel);
        SendScintilla(SCI_MARKERSETBACK, marker, colours.muted);
    }
}

void YamlEditor::applyLexerColours() {
    const Tokens& colours = tokens();
    QsciLexer* yaml = m_yaml;
    yaml->setDefaultFont(monoFont());
    yaml->setDefaultPaper(colours.panel);
    yaml->setDefaultColor(colours.text);
    const std::pair<int, QColor> inks[] = {
        {QsciLexerYAML::Default, colours.text},
        {QsciLexerYAML::Comment, colours.muted},
        {QsciLexerYAML::Identifier, colours.accent},
        {QsciLexerYAML::Keyword, colours.info},
        {QsciLexerYAML::Number, colours.info},
        {QsciLexerYAML::Reference, colours.attention},
        {QsciLexerYAML::DocumentDelimiter, colours.muted},
        {QsciLexerYAML::TextBlockMarker, colours.muted},
        {QsciLexerYAML::SyntaxErrorMarker, colours.broken},
        {QsciLexerYAML::Operator, colours.muted},
    };
    for (const auto& [style, ink] : inks) {
        yaml->setColor(ink, style);
        yaml->setPaper(colours.panel, style);
        yaml->setFont(monoFont(), style);
    }
}

void YamlEditor::changeEvent(QEvent* event) {
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

int YamlEditor::positionOf(int line, int column) const {
    const long start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(std::max(line - 1, 0)));
    if (start < 0)
        return 0;
    return static_cast<int>(SendScintilla(SCI_POSITIONRELATIVE, static_cast<unsigned long>(start),
                                          static_cast<long>(std::max(column - 1, 0))));
}

void YamlEditor::setFaults(const std::vector<Fault>& faults) {
    const auto length = static_cast<unsigned long>(SendScintilla(SCI_GETLENGTH));
    for (const int indicator : {kBroken, kDoubtful}) {
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
        SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(length));
    }
    for (const Fault& fault : faults) {
        const int start = positionOf(fault.line, fault.column);
        // The word there, or at least one character.
        const QString line = text(std::max(fault.line - 1, 0));
        const qsizetype from = std::clamp<qsizetype>(fault.column - 1, 0, line.size());
        qsizetype to = from;
        while (to < line.size() && !line[to].isSpace() && !QStringLiteral(",]}").contains(line[to]) &&
               !(line[to] == u':' && (to + 1 >= line.size() || line[to + 1].isSpace())))
            ++to;
        const long bytes = std::max<long>(line.mid(from, to - from).toUtf8().size(), 1);
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(fault.isBroken ? kBroken : kDoubtful));
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(start), bytes);
    }
}

kube::YamlCursor YamlEditor::cursor() const {
    return kube::yamlCursorAt(text().toStdString(), static_cast<std::size_t>(SendScintilla(SCI_GETCURRENTPOS)));
}

void YamlEditor::goTo(int line, int column) {
    SendScintilla(SCI_ENSUREVISIBLE, static_cast<unsigned long>(std::max(line - 1, 0)));
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(positionOf(line, column)));
    ensureCursorVisible();
}

void YamlEditor::propose() {
    showProposals(true);
}

void YamlEditor::proposeAgain() {
    if (hasFocus() && SendScintilla(SCI_AUTOCACTIVE) == 0)
        showProposals(false);
}

void YamlEditor::showProposals(bool isAsked) {
    if (!m_proposals || isReadOnly())
        return;
    const kube::YamlCursor here = cursor();
    if (here.where == kube::YamlCursor::Where::Nothing || (!isAsked && here.typed.empty()))
        return;
    const QString typed = QString::fromStdString(here.typed);
    m_proposed.clear();
    QStringList words;
    for (const EditorProposal& one : m_proposals(here)) {
        const bool isNew = here.where == kube::YamlCursor::Where::Value ||
                           std::find(here.keys.begin(), here.keys.end(), one.text.toStdString()) == here.keys.end();
        if (!isNew || !one.text.startsWith(typed, Qt::CaseInsensitive) || words.size() >= kMostProposals)
            continue;
        words.append(one.text);
        m_proposed.append(one);
    }
    // What is typed out needs no help.
    if (words.isEmpty() || (!isAsked && words.size() == 1 && words.front() == typed)) {
        SendScintilla(SCI_AUTOCCANCEL);
        return;
    }
    m_proposedIndent.assign(static_cast<std::size_t>(here.indent), ' ');
    SendScintilla(SCI_AUTOCSHOW, static_cast<unsigned long>(here.typed.size()), words.join(u'\n').toUtf8().constData());
}

void YamlEditor::finishProposal(const QString& text) {
    const auto at = std::find_if(m_proposed.cbegin(), m_proposed.cend(),
                                 [&text](const EditorProposal& one) { return one.text == text; });
    if (at == m_proposed.cend() || at->behind.isEmpty())
        return;
    // A key that was completed in front of its colon has one.
    const auto position = static_cast<unsigned long>(SendScintilla(SCI_GETCURRENTPOS));
    if (SendScintilla(SCI_GETCHARAT, position) == ':')
        return;
    QString behind = at->behind;
    behind.replace(u'\n', u'\n' + QString::fromStdString(m_proposedIndent));
    const QByteArray bytes = behind.toUtf8();
    SendScintilla(SCI_REPLACESEL, bytes.constData());
}

bool YamlEditor::findText(const QString& wanted, Way way) {
    if (wanted.isEmpty())
        return false;
    int line = 0;
    int index = 0;
    if (hasSelectedText()) {
        int endLine = 0;
        int endIndex = 0;
        getSelection(&line, &index, &endLine, &endIndex);
        if (way == Way::Forward) {
            line = endLine;
            index = endIndex;
        }
    } else {
        getCursorPosition(&line, &index);
    }
    return findFirst(wanted, false, false, false, true, way == Way::Forward, line, index);
}

void YamlEditor::changeTo(const QString& text) {
    const QByteArray before = this->text().toUtf8();
    const QByteArray after = text.toUtf8();
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    // Not within a letter of several bytes.
    const auto isInside = [](const QByteArray& bytes, qsizetype at) {
        return at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U;
    };
    while (head > 0 && (isInside(before, head) || isInside(after, head)))
        --head;
    while (tail > 0 && isInside(before, before.size() - tail))
        --tail;
    if (head == before.size() && head == after.size())
        return;
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_SETTARGETSTART, static_cast<unsigned long>(head));
    SendScintilla(SCI_SETTARGETEND, static_cast<unsigned long>(before.size() - tail));
    const QByteArray between = after.mid(head, after.size() - head - tail);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(between.size()), between.constData());
    SendScintilla(SCI_ENDUNDOACTION);
}

int YamlEditor::replaceEvery(const QString& wanted, const QString& with) {
    if (wanted.isEmpty() || isReadOnly())
        return 0;
    int count = 0;
    beginUndoAction();
    for (bool found = findFirst(wanted, false, false, false, false, true, 0, 0); found;
         found = QsciScintilla::findNext()) {
        replace(with);
        ++count;
    }
    endUndoAction();
    return count;
}

bool YamlEditor::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
            event->accept();
            return true;
        }
        // Keys of the window stay the window's while they write nothing and edit nothing.
        const bool isCommand =
            (key->modifiers() & Qt::ControlModifier) != 0 && key->key() >= Qt::Key_A && key->key() <= Qt::Key_Z;
        const bool isEdit = key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Cut) ||
                            key->matches(QKeySequence::Paste) || key->matches(QKeySequence::Undo) ||
                            key->matches(QKeySequence::Redo) || key->matches(QKeySequence::SelectAll) ||
                            key->matches(QKeySequence::Find);
        if (isCommand && !isEdit) {
            event->ignore();
            return false;
        }
        if (isEdit) {
            event->accept();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

void YamlEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        propose();
        return;
    }
    if (event->matches(QKeySequence::Find)) {
        emit findAsked();
        return;
    }
    if (event->key() == Qt::Key_Escape && SendScintilla(SCI_AUTOCACTIVE) == 0) {
        emit leaveAsked();
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

} // namespace ui
