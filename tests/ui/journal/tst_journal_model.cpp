// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_text.h"
#include "core/fleet/database.h"
#include "ui/base/qt_executor.h"
#include "ui/journal/journal_export.h"
#include "ui/journal/journal_filter.h"
#include "ui/journal/journal_model.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <random>

using change::JournalEntry;
using change::Outcome;

// Over a real journal, as its pages and orders are what matters.
class TestJournalModel : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void readsPageByPage();
    void newLinesComeOnTop();
    void agreesWithTheJournalAfterAnything();
    void dropsAnswersToFormerQueries();
    void tellsWhy();
    void keepsWhatItHasWhileNothingCanBeRead();
    void understandsFilters_data();
    void understandsFilters();
    void exportsEverything_data();
    void exportsEverything();

private:
    std::string addSet(int operations, const std::string& intent = {});
    void close(const std::string& set, std::size_t number, Outcome outcome);
    std::vector<JournalEntry> all();
    [[nodiscard]] bool settles() const {
        return QTest::qWaitFor([this] { return m_model->isSettled(); });
    }
    [[nodiscard]] QString object(int row) const {
        return m_model->index(row, ui::JournalModel::Object).data().toString();
    }
    /// What both show, line by line.
    static QStringList lines(const std::vector<JournalEntry>& entries);
    [[nodiscard]] QStringList shown() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::QtExecutor> m_home;
    std::unique_ptr<change::Journal> m_journal;
    std::unique_ptr<ui::JournalModel> m_model;
    int m_sets = 0;
};

void TestJournalModel::init() {
    m_sets = 0;
    m_folder = std::make_unique<QTemporaryDir>();
    m_home = std::make_unique<ui::QtExecutor>();
    m_journal = std::make_unique<change::Journal>(m_folder->path().toStdString(), *m_home);
    m_model = std::make_unique<ui::JournalModel>(*m_journal, [](const JournalEntry&) { return 3; });
    // It fetches more by itself, which is for the operator to do.
    if (QByteArray(QTest::currentTestFunction()) != "readsPageByPage")
        new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_model.get());
}

void TestJournalModel::cleanup() {
    m_model.reset();
    m_journal.reset();
    m_home.reset();
    m_folder.reset();
}

std::string TestJournalModel::addSet(int operations, const std::string& intent) {
    const std::string set = QStringLiteral("20260102-%1-aaaaa").arg(++m_sets, 6, 10, QLatin1Char('0')).toStdString();
    std::vector<change::JournalRecord> records;
    for (int i = 0; i < operations; ++i) {
        change::JournalRecord record;
        record.entry.set = set;
        record.entry.number = static_cast<std::size_t>(i);
        record.entry.title = "Scale " + std::to_string(m_sets);
        record.entry.cluster = m_sets % 2 == 0 ? "houston" : "new-york";
        record.entry.verb = change::Verb::Scale;
        record.entry.object = {"apps/v1", "Deployment", "shop",
                               "web-" + std::to_string(m_sets) + "-" + std::to_string(i)};
        record.entry.setMs = 1'000 * m_sets;
        record.operation.object = record.entry.object;
        record.operation.before = "null";
        records.push_back(std::move(record));
    }
    m_journal->add(std::move(records), intent, {});
    return set;
}

void TestJournalModel::close(const std::string& set, std::size_t number, Outcome outcome) {
    change::JournalClose close;
    close.number = number;
    close.outcome = outcome;
    close.message = outcome == Outcome::Failed ? "no" : "";
    close.closedMs = 5;
    m_journal->close(set, {close}, {});
}

std::vector<JournalEntry> TestJournalModel::all() {
    std::vector<JournalEntry> found;
    bool done = false;
    change::JournalQuery query;
    query.limit = 0;
    m_journal->read(query, [&](base::Result<std::vector<JournalEntry>> entries) {
        found = std::move(entries).value();
        done = true;
    });
    if (!QTest::qWaitFor([&done] { return done; }))
        QTest::qFail("the journal did not answer", __FILE__, __LINE__);
    return found;
}

QStringList TestJournalModel::lines(const std::vector<JournalEntry>& entries) {
    QStringList texts;
    for (const JournalEntry& entry : entries)
        texts.append(QString::fromStdString(change::toString(entry.object)) + u' ' +
                     QString::number(int(entry.outcome)));
    return texts;
}

QStringList TestJournalModel::shown() const {
    std::vector<JournalEntry> entries;
    for (int row = 0; row < m_model->rowCount(); ++row)
        entries.push_back(m_model->entryAt(row));
    return lines(entries);
}

void TestJournalModel::readsPageByPage() {
    for (int i = 0; i < 300; ++i)
        addSet(4);
    m_model->setQuery({});
    QVERIFY(settles());
    QCOMPARE(m_model->rowCount(), 500);
    QCOMPARE(object(0), QStringLiteral("Deployment shop/web-300-3"));
    QVERIFY(m_model->canFetchMore({}));
    QCOMPARE(m_model->index(0, ui::JournalModel::Time).data(ui::CellRole).value<ui::Cell>().hue, 3);
    for (const int expected : {1000, 1200}) {
        m_model->fetchMore({});
        QVERIFY(settles());
        QCOMPARE(m_model->rowCount(), expected);
    }
    QVERIFY(m_model->isComplete());
    QVERIFY(!m_model->canFetchMore({}));
    QCOMPARE(shown(), lines(all()));
}

void TestJournalModel::newLinesComeOnTop() {
    const std::string first = addSet(2);
    addSet(2);
    m_model->setQuery({});
    QVERIFY(settles());
    const QPersistentModelIndex kept = m_model->index(1, ui::JournalModel::Object);
    const QString name = kept.data().toString();
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    addSet(3);
    close(first, 0, Outcome::Failed);
    m_model->refresh();
    QVERIFY(settles());
    QCOMPARE(m_model->rowCount(), 7);
    QCOMPARE(kept.row(), 4);
    QCOMPARE(kept.data().toString(), name);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.front().front().toModelIndex().row(), 3); // Told before the new ones came.
    QCOMPARE(m_model->index(6, ui::JournalModel::Result).data().toString(), QStringLiteral("failed: no"));
    // What is the same tells nobody anything.
    m_model->refresh();
    QVERIFY(settles());
    QCOMPARE(changes.size(), 1);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(m_model->entriesOf(first).size(), std::size_t(2));
}

void TestJournalModel::agreesWithTheJournalAfterAnything() {
    std::mt19937 random(20260102);
    const auto below = [&random](int most) { return std::uniform_int_distribution<int>(0, most - 1)(random); };
    std::vector<std::string> sets;
    m_model->setQuery({});
    for (int round = 0; round < 60; ++round) {
        for (int i = below(4); i > 0; --i)
            sets.push_back(addSet(1 + below(3)));
        for (int i = below(4); i > 0 && !sets.empty(); --i)
            close(sets[static_cast<std::size_t>(below(static_cast<int>(sets.size())))], 0,
                  static_cast<Outcome>(2 + below(2)));
        // More at once than one page holds.
        if (round == 30) {
            for (int i = 0; i < 250; ++i)
                sets.push_back(addSet(3));
        }
        m_model->refresh();
        QVERIFY(settles());
        while (m_model->canFetchMore({})) {
            m_model->fetchMore({});
            QVERIFY(settles());
        }
        QCOMPARE(shown(), lines(all()));
    }
}

void TestJournalModel::dropsAnswersToFormerQueries() {
    addSet(3);
    addSet(2);
    m_model->setQuery({});
    change::JournalQuery houston;
    houston.cluster = "houston";
    m_model->setQuery(houston);
    QVERIFY(settles());
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->index(0, ui::JournalModel::Cluster).data().toString(), QStringLiteral("houston"));
}

void TestJournalModel::tellsWhy() {
    addSet(1);
    addSet(2, "Ticket 7 <b>now</b>");
    m_model->setQuery({});
    QVERIFY(settles());
    const QString tip = m_model->index(0, ui::JournalModel::Title).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QLatin1String("Scale 2")), qPrintable(tip));
    QVERIFY2(tip.contains(QLatin1String("Why: Ticket 7 &lt;b&gt;now")), qPrintable(tip));
    QCOMPARE(m_model->index(2, ui::JournalModel::Title).data(Qt::ToolTipRole).toString(), QString());
    m_model->setQuery(ui::parseJournalFilter(QStringLiteral("ticket")).query);
    QVERIFY(settles());
    QCOMPARE(m_model->rowCount(), 2);
}

void TestJournalModel::keepsWhatItHasWhileNothingCanBeRead() {
    addSet(3);
    addSet(2);
    m_model->setQuery({});
    QVERIFY(settles());
    QVERIFY(!m_model->problem());
    const auto rename = [this](const char* from, const char* to) {
        std::string trouble;
        const auto file =
            fleet::Database::open(m_folder->filePath(QStringLiteral("journal.sqlite")).toStdString(),
                                  {0x51444a4c, {"", "", "", "", ""}}, fleet::Database::Broken::Fail, trouble);
        const std::string sql = std::string("ALTER TABLE ") + from + " RENAME TO " + to;
        QVERIFY(file && (*file)->execute(sql.c_str()));
    };
    rename("entries", "gone");
    m_model->refresh();
    QVERIFY(settles());
    QVERIFY(m_model->problem());
    QCOMPARE(m_model->rowCount(), 5);
    QVERIFY(!m_model->canFetchMore({}));
    // Another question has no answer at all.
    change::JournalQuery houston;
    houston.cluster = "houston";
    m_model->setQuery(houston);
    QVERIFY(settles());
    QVERIFY(m_model->problem());
    QCOMPARE(m_model->rowCount(), 0);
    rename("gone", "entries");
    m_model->refresh();
    QVERIFY(settles());
    QVERIFY(!m_model->problem());
    QCOMPARE(m_model->rowCount(), 2);
}

void TestJournalModel::understandsFilters_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("cluster");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<bool>("isSound");
    QTest::newRow("empty") << QString() << QString() << QString() << -1 << true;
    QTest::newRow("words") << QStringLiteral("  web  -old ") << QStringLiteral("web -old") << QString() << -1 << true;
    QTest::newRow("fields") << QStringLiteral("cluster:houston web result:failed") << QStringLiteral("web")
                            << QStringLiteral("houston") << int(Outcome::Failed) << true;
    QTest::newRow("no field") << QStringLiteral("app:web") << QStringLiteral("app:web") << QString() << -1 << true;
    QTest::newRow("no value yet") << QStringLiteral("cluster:") << QStringLiteral("cluster:") << QString() << -1
                                  << true;
    QTest::newRow("verb") << QStringLiteral("verb:json-patch web") << QStringLiteral("web") << QString() << -1 << true;
    QTest::newRow("no verb") << QStringLiteral("verb:great") << QString() << QString() << -1 << false;
    QTest::newRow("no result") << QStringLiteral("result:great") << QString() << QString() << -1 << false;
}

void TestJournalModel::understandsFilters() {
    QFETCH(QString, text);
    QFETCH(QString, words);
    QFETCH(QString, cluster);
    QFETCH(int, outcome);
    QFETCH(bool, isSound);
    const ui::JournalFilter filter = ui::parseJournalFilter(text);
    QCOMPARE(QString::fromStdString(filter.query.words), words);
    QCOMPARE(QString::fromStdString(filter.query.cluster), cluster);
    QCOMPARE(filter.query.outcome ? int(*filter.query.outcome) : -1, outcome);
    QCOMPARE(filter.query.verb.has_value(), isSound && text.contains(QStringLiteral("verb:")));
    QCOMPARE(!filter.problem.has_value(), isSound);
    if (filter.problem)
        QCOMPARE(text.mid(filter.problem->column, filter.problem->length), QStringLiteral("great"));
}

void TestJournalModel::exportsEverything_data() {
    QTest::addColumn<int>("sets");
    QTest::addColumn<bool>("json");
    for (const int sets : {0, 1, 700}) {
        QTest::addRow("csv of %d", sets) << sets << false;
        QTest::addRow("json of %d", sets) << sets << true;
    }
}

void TestJournalModel::exportsEverything() {
    QFETCH(int, sets);
    QFETCH(bool, json);
    for (int i = 0; i < sets; ++i)
        addSet(3);
    const QString file = m_folder->filePath(QStringLiteral("out"));
    auto* writing =
        new ui::JournalExport(*m_journal, {}, 10'000'000, file,
                              json ? ui::JournalExport::Format::Json : ui::JournalExport::Format::Csv, this);
    QSignalSpy done(writing, &ui::JournalExport::done);
    writing->start();
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.front().at(0).toInt(), sets * 3);
    QCOMPARE(done.front().at(1).toString(), QString());
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const std::vector<JournalEntry> entries = all();
    if (json) {
        const auto squeezed = [](QByteArray text) { return text.replace('\n', "").replace(' ', ""); };
        QCOMPARE(squeezed(written.readAll()), squeezed(QByteArray::fromStdString(change::journalJson(entries))));
    } else {
        QCOMPARE(written.readAll(), QByteArray::fromStdString(change::journalCsv(entries)));
    }
}

QTEST_MAIN(TestJournalModel)
#include "tst_journal_model.moc"
