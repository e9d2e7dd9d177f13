// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/theme.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/yaml_editor.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <Qsci/qscilexer.h>

using ui::YamlEditor;

class TestYamlEditor : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_widget = std::make_unique<QWidget>();
        m_editor = new YamlEditor(m_widget.get());
        m_bar = new ui::FindBar(*m_editor, m_widget.get());
        auto* layout = new QVBoxLayout(m_widget.get());
        layout->addWidget(m_bar);
        layout->addWidget(m_editor);
        m_widget->resize(600, 400);
        m_widget->show();
        QVERIFY(QTest::qWaitForWindowActive(m_widget.get()));
        m_editor->setFocus();
    }
    void cleanup() { m_widget.reset(); }

    void knowsTheFieldAtTheCursor() {
        m_editor->setText(QStringLiteral("metadata:\n  name: wäb\nspec:\n  size: 1\n"));
        m_editor->goTo(4, 4);
        QCOMPARE(toString(m_editor->cursor().field), std::string("spec.size"));
        m_editor->goTo(2, 12);
        QCOMPARE(m_editor->cursor().typed, std::string("wäb"));
    }

    void proposesWhileOneTypes() {
        m_editor->setProposals([](const kube::YamlCursor& cursor) -> QList<ui::EditorProposal> {
            if (cursor.where == kube::YamlCursor::Where::Value)
                return {{QStringLiteral("Blue"), {}, {}}, {QStringLiteral("Red"), {}, {}}};
            return {{QStringLiteral("size"), QStringLiteral(": "), QStringLiteral("how big")},
                    {QStringLiteral("spec"), QStringLiteral(":\n  "), {}},
                    {QStringLiteral("parts"), QStringLiteral(":\n- "), {}}};
        });
        QTest::keyClicks(m_editor, QStringLiteral("sp"));
        QCOMPARE(m_editor->proposed().size(), 1);
        QTest::keyClick(m_editor, Qt::Key_Return);
        QCOMPARE(m_editor->text(), QStringLiteral("spec:\n  "));
        QTest::keyClick(m_editor, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(m_editor->proposed().size(), 3);
        QTest::keyClick(m_editor, Qt::Key_Escape);
        QTest::keyClicks(m_editor, QStringLiteral("siz"));
        QTest::keyClick(m_editor, Qt::Key_Return);
        QCOMPARE(m_editor->text(), QStringLiteral("spec:\n  size: "));
        QTest::keyClick(m_editor, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(m_editor->proposed().size(), 2);
        QTest::keyClick(m_editor, Qt::Key_Return);
        QCOMPARE(m_editor->text(), QStringLiteral("spec:\n  size: Blue"));
        // What the object has already is not proposed again.
        QTest::keyClick(m_editor, Qt::Key_Return);
        QTest::keyClick(m_editor, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(m_editor->proposed().size(), 2);
    }

    void proposesNothingWhereNothingFits() {
        m_editor->setProposals([](const kube::YamlCursor&) -> QList<ui::EditorProposal> {
            return {{QStringLiteral("size"), QStringLiteral(": "), {}}};
        });
        QTest::keyClicks(m_editor, QStringLiteral("xy"));
        QTest::keyClick(m_editor, Qt::Key_Return);
        QCOMPARE(m_editor->text(), QStringLiteral("xy\n"));
        m_editor->setReadOnly(true);
        m_editor->propose();
        QCOMPARE(m_editor->text(), QStringLiteral("xy\n"));
    }

    void wavesUnderFaults() {
        m_editor->setText(QStringLiteral("a: wrong\nbä: [x, y]\n"));
        m_editor->setFaults({{1, 4, true}, {2, 1, false}});
        const auto marked = [this](int indicator, int from, int to) {
            for (int at = 0; at < m_editor->text().toUtf8().size(); ++at) {
                const bool is =
                    m_editor->SendScintilla(YamlEditor::SCI_INDICATORVALUEAT, static_cast<unsigned long>(indicator),
                                            static_cast<long>(at)) != 0;
                if (is != (at >= from && at < to))
                    return false;
            }
            return true;
        };
        QVERIFY(marked(8, 3, 8));
        QVERIFY(marked(9, 9, 12));
        m_editor->setFaults({});
        QVERIFY(marked(8, 0, 0));
        m_editor->setFaults({{99, 99, true}});
    }

    void findsAndReplaces() {
        m_editor->setText(QStringLiteral("a: nginx\nb: Nginx\nc: x\n"));
        m_bar->open(ui::FindBar::Purpose::Replace);
        auto* find = m_bar->findChild<QLineEdit*>(QStringLiteral("editorFind"));
        auto* with = m_bar->findChild<QLineEdit*>(QStringLiteral("editorReplace"));
        QVERIFY(find->hasFocus());
        QTest::keyClicks(find, QStringLiteral("nginx"));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(m_editor->selectedText(), QStringLiteral("nginx"));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(m_editor->selectedText(), QStringLiteral("Nginx"));
        QTest::keyClick(find, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_editor->selectedText(), QStringLiteral("nginx"));
        QTest::keyClicks(with, QStringLiteral("nginx:2"));
        m_bar->findChild<QPushButton*>(QStringLiteral("editorReplaceAll"))->click();
        QCOMPARE(m_editor->text(), QStringLiteral("a: nginx:2\nb: nginx:2\nc: x\n"));
        m_editor->undo();
        QCOMPARE(m_editor->text(), QStringLiteral("a: nginx\nb: Nginx\nc: x\n"));
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(m_bar->isHidden());
        QVERIFY(m_editor->hasFocus());
    }

    void foldsByIndent() {
        m_editor->setText(QStringLiteral("spec:\n  a: 1\n  b: 2\nkind: X\n"));
        m_editor->recolor();
        m_editor->foldLine(0);
        QVERIFY(m_editor->SendScintilla(YamlEditor::SCI_GETLINEVISIBLE, 1UL) == 0);
        m_editor->goTo(3, 3);
        QVERIFY(m_editor->SendScintilla(YamlEditor::SCI_GETLINEVISIBLE, 1UL) != 0);
    }

    void followsTheTheme() {
        ui::Theme theme(ui::SchemeChoice::Dark);
        QCoreApplication::processEvents();
        QCOMPARE(m_editor->lexer()->paper(0), ui::tokens(ui::Scheme::Dark).panel);
        theme.setChoice(ui::SchemeChoice::Light);
        QCoreApplication::processEvents();
        QCOMPARE(m_editor->lexer()->paper(0), ui::tokens(ui::Scheme::Light).panel);
    }

    void givesTheKeyboardBack() {
        QSignalSpy left(m_editor, &YamlEditor::leaveAsked);
        QTest::keyClick(m_editor, Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
        QVERIFY(!m_editor->accessibleName().isEmpty());
    }

private:
    std::unique_ptr<QWidget> m_widget;
    YamlEditor* m_editor = nullptr;
    ui::FindBar* m_bar = nullptr;
};

QTEST_MAIN(TestYamlEditor)
#include "tst_yaml_editor.moc"
