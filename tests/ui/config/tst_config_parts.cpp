// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificate_authority.h"
#include "ui/config/certificate_view.h"
#include "ui/config/key_draft.h"
#include "ui/config/key_table.h"
#include "ui/config/value_view.h"
#include "ui/editor/yaml_editor.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;
using namespace std::string_literals;
using change::KeyedData;
using change::KeyEdit;
using change::KeySpread;
using testsupport::CertificateAuthority;

namespace {

KeyedData data(std::vector<change::KeyedValue> values, bool isSecret = false) {
    return {isSecret, false, isSecret ? "Opaque" : "", std::move(values)};
}

QString allText(const QWidget& widget) {
    QString text;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        text += label->text() + u'\n';
    return text;
}

} // namespace

class TestConfigParts : public QObject {
    Q_OBJECT
private slots:
    void draftsEdits() {
        KeyDraft draft({data({{"a", "1"}, {"b", "2"}}), data({{"a", "1"}, {"c", "3"}})});
        QCOMPARE(draft.entries().size(), std::size_t(3));
        QVERIFY(draft.edits().empty());
        const KeyDraft::Entry& a = draft.entries()[0];
        const KeyDraft::Entry& b = draft.entries()[1];
        QVERIFY(draft.spreadOf(a) == KeySpread::Same);
        QVERIFY(draft.spreadOf(b) == KeySpread::Partial);
        QVERIFY(draft.bytesOf(b, 1) == nullptr);
        QCOMPARE(*draft.bytesOf(b), "2"s);
        draft.setBytes(a.id, "9");
        QCOMPARE(draft.edits(), (std::vector<KeyEdit>{{"a", "a", "9"}}));
        draft.setBytes(a.id, "1");
        QVERIFY(draft.edits().empty());
        // The same in one cluster is still a change where the other does not have it.
        draft.setBytes(b.id, "2");
        QCOMPARE(draft.edits(), (std::vector<KeyEdit>{{"b", "b", "2"}}));
        draft.restore(b.id);
        draft.rename(a.id, "z");
        draft.remove(b.id);
        const int id = draft.add("n", "new");
        QCOMPARE(draft.edits(), (std::vector<KeyEdit>{{"a", "z", {}}, {"b", "", {}}, {"", "n", "new"}}));
        QVERIFY(draft.findKey("b") == nullptr);
        QCOMPARE(draft.findKey("n")->id, id);
        draft.remove(id);
        draft.restore(a.id);
        draft.restore(b.id);
        QVERIFY(draft.edits().empty());
    }

    void listsKeys() {
        const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
        const CertificateAuthority authority;
        const auto pem = [&](long days) {
            return authority.issue({"server", {"localhost"}, -3600L * 24 * 400, 3600L * 24 * days + 600}).certPem;
        };
        KeyDraft draft({data({{"binary", "\xFF"},
                              {"damaged", pem(1).substr(0, 100)},
                              {"far", pem(90)},
                              {"gone", pem(-3)},
                              {"near", pem(12)},
                              {"text", "x"}})});
        const std::unique_ptr<KeyModel> model(makeKeyModel(nullptr));
        const QAbstractItemModelTester tester(model.get());
        model->setRows(keyRows(draft, now));
        QCOMPARE(model->rowCount(), 6);
        const auto what = [&](int row) { return model->index(row, 2).data(CellRole).value<Cell>(); };
        QVERIFY(model->rowAt(0).what == KeyRow::What::Binary);
        QVERIFY(what(1).mark == Mark::Broken);
        QVERIFY(what(2).mark == Mark::Good);
        QCOMPARE(model->rowAt(2).days, 90);
        QVERIFY(what(3).mark == Mark::Broken);
        QVERIFY(what(3).text.contains(QLatin1String("expired")));
        QVERIFY(what(4).mark == Mark::Attention);
        QVERIFY(what(4).text.contains(QLatin1String("12")));
        QVERIFY(model->rowAt(5).what == KeyRow::What::Text);
        draft.setBytes(draft.entries()[5].id, "y");
        draft.remove(draft.entries()[0].id);
        draft.rename(draft.entries()[2].id, "further");
        model->setRows(keyRows(draft, now));
        QCOMPARE(model->rowCount(), 6);
        QVERIFY(model->rowAt(5).isChanged);
        QVERIFY(model->rowAt(0).isRemoved);
        QVERIFY(model->index(2, 3).data().toString().contains(QLatin1String("far")));
    }

    void showsBytes() {
        QCOMPARE(hexText("AB\n"), QStringLiteral("000000  41 42 0a                                          AB·\n"));
        const QString two = hexText(std::string(17, 'x'));
        QVERIFY(two.startsWith(QLatin1String("000000  78 78 78 78 78 78 78 78  78 ")));
        QVERIFY(two.contains(QLatin1String("\n000010  78 ")));
        QVERIFY(hexText(std::string(100'000, 'x')).contains(QLatin1String("64")));
        QVERIFY(hexText({}).isEmpty());
    }

    void hidesWhatIsNotRevealed() {
        KeyDraft draft({data({{"pass", "s3cret"}}, true)});
        const int id = draft.entries()[0].id;
        ValueView view;
        view.show(draft, id, {QStringLiteral("north")}, 0);
        QVERIFY(view.face() == ValueView::Face::Hidden);
        QVERIFY(!view.editor().text().contains(QLatin1String("s3cret")));
        QVERIFY(!allText(view).contains(QLatin1String("s3cret")));
        draft.setRevealed(id, true);
        view.show(draft, id, {QStringLiteral("north")}, 0);
        QVERIFY(view.face() == ValueView::Face::Text);
        QCOMPARE(view.editor().text(), QStringLiteral("s3cret"));
        draft.setRevealed(id, false);
        view.show(draft, id, {QStringLiteral("north")}, 0);
        QVERIFY(view.editor().text().isEmpty());
        QVERIFY(!view.editor().isUndoAvailable());
        // What is binary is hidden as well.
        KeyDraft bytes({data({{"raw", "\xFF"}}, true)});
        view.show(bytes, bytes.entries()[0].id, {QStringLiteral("north")}, 0);
        QVERIFY(view.face() == ValueView::Face::Hidden);
    }

    void keepsEveryByteOfText() {
        for (const std::string& text :
             {"a\r\nb\r\n"s, "a\nb"s, "mixed\r\nends\n"s, "tab\there"s, "no-break\xC2\xA0space\xE2\x80\xA9"s, ""s}) {
            KeyDraft draft({data({{"k", text}})});
            ValueView view;
            QSignalSpy edited(&view, &ValueView::edited);
            view.show(draft, draft.entries()[0].id, {QStringLiteral("north")}, 0);
            QVERIFY(view.face() == ValueView::Face::Text);
            QCOMPARE(edited.size(), 0);
            view.editor().insertAt(QStringLiteral("x"), 0, 0);
            QVERIFY(!edited.isEmpty());
            QCOMPARE(edited.back()[1].value<std::string>(), "x" + text);
        }
        // What an editor would not give back is shown as bytes.
        for (const std::string& bytes : {"\xEF\xBB\xBFmark"s, "nul\0"s, "\xFF"s}) {
            KeyDraft draft({data({{"k", bytes}})});
            ValueView view;
            view.show(draft, draft.entries()[0].id, {QStringLiteral("north")}, 0);
            QVERIFY(view.face() == ValueView::Face::Bytes);
        }
    }

    void choosesWhoseValueIsShown() {
        KeyDraft draft({data({{"b", "2"}}), data({{"a", "1"}, {"b", "3"}})});
        ValueView view;
        const QStringList names{QStringLiteral("north"), QStringLiteral("south")};
        view.show(draft, draft.entries()[0].id, names, 0);
        auto* clusters = view.findChild<QComboBox*>(QStringLiteral("valueCluster"));
        QCOMPARE(clusters->currentText(), QStringLiteral("south")); // north has none
        QCOMPARE(view.editor().text(), QStringLiteral("1"));
        view.show(draft, draft.entries()[1].id, names, 0);
        QCOMPARE(view.editor().text(), QStringLiteral("2"));
        QVERIFY(!view.findChild<QLabel*>(QStringLiteral("valueSpread"))->isHidden());
        clusters->setCurrentIndex(1);
        emit clusters->activated(1);
        QCOMPARE(view.editor().text(), QStringLiteral("3"));
    }

    void tellsOfCertificates() {
        const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
        const CertificateAuthority authority("shop authority");
        const auto server = authority.issue({"shop.example", {"shop.example", "10.0.0.1"}, -3600, 3600L * 24 * 20});
        const auto other = authority.issue({});
        CertificateView view;
        view.setChain(server.certPem + authority.pem(), &server.keyPem, QStringLiteral("tls.key"), now);
        QString text = allText(view);
        for (const char* part : {"CN=shop.example", "shop.example, 10.0.0.1", "CN=shop authority", "P-256", "ends in",
                                 "fits the first certificate"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        view.setChain(authority.pem() + server.certPem, &other.keyPem, QStringLiteral("tls.key"), now);
        text = allText(view);
        QVERIFY(text.contains(QLatin1String("belongs to another")));
        QVERIFY(text.contains(QLatin1String("out of order")));
        view.setChain("-----BEGIN CERTIFICATE-----\n!", nullptr, {}, now);
        QVERIFY(allText(view).contains(QLatin1String("certificate 1 is damaged")));
    }

    // They say nothing that is secret.
    void showsCertificatesOfSecrets() {
        const CertificateAuthority authority;
        const auto server = authority.issue({});
        KeyDraft draft({data({{"tls.crt", server.certPem}, {"tls.key", server.keyPem}}, true)});
        ValueView view;
        view.show(draft, draft.entries()[0].id, {QStringLiteral("north")}, 0);
        QVERIFY(view.face() == ValueView::Face::Certificates);
        view.show(draft, draft.entries()[1].id, {QStringLiteral("north")}, 0);
        QVERIFY(view.face() == ValueView::Face::Hidden);
    }
};

QTEST_MAIN(TestConfigParts)
#include "tst_config_parts.moc"
